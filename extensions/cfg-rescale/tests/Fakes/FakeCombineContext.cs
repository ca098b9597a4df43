using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace CfgRescale.Tests.Fakes;

/// <summary>A row with the given predictions.</summary>
/// <param name="conditional">eps under the positive prompt.</param>
/// <param name="unconditional">eps under the negative prompt.</param>
/// <param name="z">The state of the row's lane, of which the row sees the last columns.</param>
/// <param name="alphaBar">abar of the call.</param>
internal sealed class FakeCombineContext(Latent conditional, Latent? unconditional, Latent z, double alphaBar) : CombineContext
{
    private static readonly Lane _lane = new(0, "picture");
    private static readonly Conditioning _none = new(1, 1, new float[77]);

    public override Latent Conditional => conditional;

    public override Latent? Unconditional => unconditional;

    public override DenoiseRow Row => new(
        "row", _lane, new Box(z.Width - conditional.Width, 0, conditional.Width, conditional.Height), _none, _none, 5);

    public override StepInfo Step => new(0, 1, 0, 500, Math.Sqrt((1 - alphaBar) / alphaBar), 0, alphaBar, 1, 0);

    public override IReadOnlyList<Lane> Lanes => throw new NotSupportedException();

    public override Box Frame => throw new NotSupportedException();

    public override CancellationToken Cancellation => CancellationToken.None;

    public override Latent Z(Lane lane) => lane == _lane ? z : throw new ArgumentException("There is no such lane.", nameof(lane));

    public override void Report(string what) => throw new NotSupportedException();
}
