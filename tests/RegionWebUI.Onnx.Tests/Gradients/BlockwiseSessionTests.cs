using RegionWebUI.Graph;
using RegionWebUI.Graph.Gradients;
using RegionWebUI.Graph.Ops;
using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Onnx.Tests.Gradients;

/// <summary>A gradient that is taken block by block is the gradient.</summary>
public sealed class BlockwiseSessionTests : IDisposable
{
    private const double Tolerance = 1e-5;
    private static readonly OrtGraphRuntime _runtime = new(DeviceSelector.Select("cpu")!, new RuntimeOptions { Threads = 1 });

    private readonly SessionCache _cache = new(1 << 20);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 24)];

    public void Dispose() => _cache.Dispose();

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Run_RandomGraph_GivesValuesAndGradientsOfTheOneGraph(int seed)
    {
        var random = new Random(seed);
        var graph = MarkedGraph.Random(random, 4 + (seed % 12));
        string[] outputs = [.. graph.Outputs.Select(o => o.Name).Where(_ => random.Next(3) > 0).DefaultIfEmpty("loss")];
        string[] wrt = seed % 3 == 0 ? ["y"] : ["x", "y"];
        var whole = Vjp.Differentiate(graph, outputs, wrt);
        var plan = BlockwiseVjp.Differentiate(graph, outputs, wrt);
        AssertSame(whole, plan, $"seed {seed}", random);

        AssertSame(Vjp.OfLoss(graph, "loss", wrt), BlockwiseVjp.OfLoss(graph, "loss", wrt), $"loss, seed {seed}", random);
    }

    [Fact]
    public void Run_OneValueUnderTwoNamesUsedLaterAndAnInputReturned_GivesTheSumOfAllTheirGradients()
    {
        var b = new GraphBuilder("names");
        var x = b.Input("x", TensorType.Float(3));
        var y = b.Sin(x);
        b.EndBlock();
        b.Output("one", y);
        b.Output("two", y);
        b.Output("itself", x);
        b.Output("later", b.Exp(y));
        var graph = b.Build();
        string[] outputs = ["one", "two", "itself", "later"];

        AssertSame(Vjp.Differentiate(graph, outputs, ["x"]), BlockwiseVjp.Differentiate(graph, outputs, ["x"]), "names", new Random(1));
    }

    [Fact]
    public void Run_BlockThatNoGradientComesOutOf_LeavesTheOthers()
    {
        // The second block sees x through a mask alone, whose derivative is nothing.
        var b = new GraphBuilder("mask");
        var x = b.Input("x", TensorType.Float(3));
        var y = b.Sin(x);
        b.EndBlock();
        var mask = b.Between(y, 0, 1);
        b.EndBlock();
        b.Output("loss", b.Mean(b.Multiply(y, mask), 0));
        var plan = BlockwiseVjp.OfLoss(b.Build(), "loss", ["x"]);
        var gradient = HostTensor.Empty(new Shape(3));
        using var session = Session(plan);

        session.Run(
            new Dictionary<string, HostTensor> { ["x"] = HostTensor.Of(new Shape(3), [-1f, 0.5f, 1f]) },
            new Dictionary<string, HostTensor> { ["d_x"] = gradient },
            CancellationToken.None);

        Assert.Equal([0, Math.Cos(0.5) / 3, Math.Cos(1) / 3], gradient.Floats.Select(g => (double)g), new Near());
    }

    [Fact]
    public void Run_CancelledInABlock_EndsThere()
    {
        using var cancellation = new CancellationTokenSource();
        var runtime = new FakeRuntime(_cache) { AtRun = run => CancelAt(2, run, cancellation) };
        var plan = Chain(10);
        using var session = new BlockwiseSession(plan, runtime, new NoWeights(), _cache, "cancelled");

        Assert.Throws<OperationCanceledException>(() => session.Run(Fed(), new Dictionary<string, HostTensor>(), cancellation.Token));

        Assert.Equal(3, runtime.Runs);
    }

    [Fact]
    public void Run_Twice_LoadsEachBlockOnceWhereTheBudgetAllows()
    {
        var runtime = new FakeRuntime(_cache);
        var plan = Chain(10);
        using var session = new BlockwiseSession(plan, runtime, new NoWeights(), _cache, "twice");
        session.Run(Fed(), new Dictionary<string, HostTensor>(), CancellationToken.None);
        session.Run(Fed(), new Dictionary<string, HostTensor>(), CancellationToken.None);

        Assert.Equal(plan.Steps.Length, runtime.Loads);
        Assert.Equal(2 * plan.Steps.Length, runtime.Runs);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Run_SmallBudget_NeverHoldsMoreWeightsThanThat(int blocks)
    {
        var budget = blocks * FakeRuntime.WeightsOf(Chain(10).Steps[0].Graph);
        using var cache = new SessionCache(budget);
        var runtime = new FakeRuntime(cache);
        using var session = new BlockwiseSession(Chain(10), runtime, new NoWeights(), cache, "budget");

        session.Run(Fed(), new Dictionary<string, HostTensor>(), CancellationToken.None);

        Assert.InRange(runtime.MostBytes, 1, budget);
        Assert.Equal(runtime.Loads, runtime.Disposals + (int)(cache.Bytes / FakeRuntime.WeightsOf(Chain(10).Steps[0].Graph)));
    }

    [Fact]
    public void Run_TensorsThatDoNotFit_AreNamed()
    {
        using var session = Session(Chain(3));
        var none = new Dictionary<string, HostTensor>();

        Assert.Contains("'x'", Refused(none, none), StringComparison.Ordinal);
        Assert.Contains("'x'", Refused(new() { ["x"] = HostTensor.Empty(new Shape(4)) }, none), StringComparison.Ordinal);
        Assert.Contains("'other'", Refused(Fed(), new() { ["other"] = HostTensor.Empty(new Shape(1)) }), StringComparison.Ordinal);

        string Refused(Dictionary<string, HostTensor> inputs, Dictionary<string, HostTensor> outputs) =>
            Assert.Throws<RuntimeFailureException>(() => session.Run(inputs, outputs, CancellationToken.None)).Message;
    }

    private static void CancelAt(int last, int run, CancellationTokenSource cancellation)
    {
        if (run == last)
        {
            cancellation.Cancel();
        }
    }

    private static Dictionary<string, HostTensor> Fed() => new() { ["x"] = HostTensor.Empty(new Shape(8)) };

    private static BlockwiseVjp Chain(int blocks)
    {
        var b = new GraphBuilder("chain");
        var x = b.Input("x", TensorType.Float(8));
        for (var i = 0; i < blocks; i++)
        {
            x = b.Multiply(b.Sin(x), b.Weight($"w{i}", 8));
            b.EndBlock();
        }

        b.Output("loss", b.Mean(x, 0));
        return BlockwiseVjp.OfLoss(b.Build(), "loss", ["x"]);
    }

    private BlockwiseSession Session(BlockwiseVjp plan) => new(plan, _runtime, new NoWeights(), _cache, plan.Name);

    private void AssertSame(Graph.Graph whole, BlockwiseVjp plan, string what, Random random)
    {
        var inputs = whole.Inputs.ToDictionary(
            i => i.Name, i => HostTensor.Of(i.Value.Shape, DifferenceQuotient.Normal(random, (int)i.Value.Shape.ElementCount)));
        var expected = whole.Outputs.ToDictionary(o => o.Name, o => HostTensor.Empty(o.Value.Shape));
        var actual = whole.Outputs.ToDictionary(o => o.Name, o => HostTensor.Empty(o.Value.Shape));
        using (var session = _runtime.Load(whole, new NoWeights()))
        {
            session.Run(inputs, expected, CancellationToken.None);
        }

        using var blocks = new BlockwiseSession(plan, _runtime, new NoWeights(), _cache, $"{what} {plan.Outputs.Length}");
        blocks.Run(inputs, actual, CancellationToken.None);

        Assert.Equal(expected.Keys.Order(), plan.Outputs.Order());
        foreach (var (name, values) in expected)
        {
            var scale = values.Floats.Max(Math.Abs);
            var worst = values.Floats.Zip(actual[name].Floats, (a, b) => Math.Abs(a - b)).Max();
            Assert.True(worst <= Tolerance * scale, $"{what}: {name} differs by {worst}, scale {scale}");
        }
    }

    private sealed class Near : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) < 1e-6;

        public int GetHashCode(double obj) => 0;
    }

    /// <summary>Counts what is loaded, run and held.</summary>
    private sealed class FakeRuntime(SessionCache cache) : IGraphRuntime
    {
        public Device Device { get; } = new(DeviceKind.Cpu, "fake", "a test");

        public Action<int> AtRun { get; init; } = _ => { };

        public int Loads { get; private set; }

        public int Runs { get; private set; }

        public int Disposals { get; private set; }

        public long MostBytes { get; private set; }

        public static long WeightsOf(Graph.Graph graph) => graph.Weights.Sum(w => ActivationMemory.BytesOf(w.Value.Type));

        public IGraphSession Load(Graph.Graph graph, IWeightSource weights, int sideBySide, bool keepsMemory)
        {
            Assert.False(keepsMemory);
            Loads++;
            MostBytes = Math.Max(MostBytes, cache.Bytes + WeightsOf(graph));
            return new Session(this, WeightsOf(graph));
        }

        private sealed class Session(FakeRuntime owner, long bytes) : IGraphSession
        {
            public long WeightBytes => bytes;

            public void Run(
                IReadOnlyDictionary<string, HostTensor> inputs, IReadOnlyDictionary<string, HostTensor> outputs, CancellationToken cancellationToken)
            {
                owner.AtRun(owner.Runs++);
                cancellationToken.ThrowIfCancellationRequested();
            }

            public void Dispose() => owner.Disposals++;
        }
    }
}
