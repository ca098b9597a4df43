using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace CfgRescale.Tests.Fakes;

/// <summary>A row with the given predictions.</summary>
internal sealed class FakeCombineContext(Latent conditional, Latent? unconditional) : CombineContext
{
    public override Latent Conditional => conditional;

    public override Latent? Unconditional => unconditional;

    public override DenoiseRow Row => throw new NotSupportedException();

    public override StepInfo Step => throw new NotSupportedException();

    public override IReadOnlyList<Lane> Lanes => throw new NotSupportedException();

    public override Box Frame => throw new NotSupportedException();

    public override CancellationToken Cancellation => CancellationToken.None;

    public override Latent Z(Lane lane) => throw new NotSupportedException();

    public override void Report(string what) => throw new NotSupportedException();
}
