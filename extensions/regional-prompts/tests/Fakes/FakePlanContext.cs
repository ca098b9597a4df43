using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace RegionalPrompts.Tests.Fakes;

/// <summary>The plan of a step, with the engine's default rows: the whole frame of each lane.</summary>
internal sealed class FakePlanContext : PlanContext
{
    public FakePlanContext(int step, int steps, Box frame, int lanes = 1)
    {
        Step = new StepInfo(step, steps, step, 500, 1, 0.9, 0.5, 0.6, 0.1);
        Frame = frame;
        Lanes = [.. Enumerable.Range(0, lanes).Select(i => new Lane(i, $"picture {i}"))];
        Rows = [.. Lanes.Select(l => new DenoiseRow(l.Name, l, frame, FakeNetworks.Of(0), FakeNetworks.Of(-1), 5))];
    }

    public override IList<DenoiseRow> Rows { get; }

    public override int Granularity => 4;

    public override StepInfo Step { get; }

    public override IReadOnlyList<Lane> Lanes { get; }

    public override Box Frame { get; }

    public override CancellationToken Cancellation => CancellationToken.None;

    public override Latent Z(Lane lane) => throw new NotSupportedException();

    public override void Report(string what) => throw new NotSupportedException();
}
