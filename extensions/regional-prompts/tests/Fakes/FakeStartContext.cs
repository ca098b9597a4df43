using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace RegionalPrompts.Tests.Fakes;

/// <summary>A start that offers networks alone; anything else asked of it fails the test.</summary>
internal sealed class FakeStartContext(FakeNetworks networks) : StartContext
{
    public override INetworks Networks => networks;

    public override CancellationToken Cancellation => CancellationToken.None;

    public override IReadOnlyList<Lane> Lanes => throw new NotSupportedException();

    public override Box Frame => throw new NotSupportedException();

    public override int Channels => throw new NotSupportedException();

    public override IReadOnlyList<double> Sigmas => throw new NotSupportedException();

    public override int FirstStep
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override Lane PreviewLane
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override double AlphaBar => throw new NotSupportedException();

    public override Lane AddLane(string name, long seed, bool isPicture) => throw new NotSupportedException();

    public override Latent Z(Lane lane) => throw new NotSupportedException();

    public override void Set(Lane lane, Latent z) => throw new NotSupportedException();

    public override Latent Noise(Lane lane) => throw new NotSupportedException();

    public override Latent Noise(long seed, int height, int width) => throw new NotSupportedException();

    public override void Report(string what) => throw new NotSupportedException();
}
