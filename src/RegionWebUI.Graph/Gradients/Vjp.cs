namespace RegionWebUI.Graph.Gradients;

/// <summary>
/// Reverse-mode differentiation of a graph: a second graph that computes values and vector-Jacobian products in plain ops. The derivative
/// of an op stands beside its shape rule (Ops/). Only what lies on a path from the inputs asked for to the outputs is differentiated.
/// </summary>
public static class Vjp
{
    /// <summary>What the gradient with respect to an input is called, and the cotangent of an output.</summary>
    public static string Of(string name) => $"d_{name}";

    /// <summary>
    /// The graph of some outputs and, with respect to some inputs, of their gradient. Further inputs <c>d_OUTPUT</c> take the cotangents,
    /// in the outputs' shapes; further outputs <c>d_INPUT</c> give sum over outputs of cotangent x d output / d input, in the inputs' shapes.
    /// </summary>
    /// <param name="graph">A legal graph.</param>
    /// <param name="outputs">Names of float32 outputs; the others are left out.</param>
    /// <param name="wrt">Names of float32 inputs.</param>
    /// <exception cref="GraphException">
    /// A name is unknown, nothing leads from the inputs to the outputs, or an op on the way has no derivative; it is named with its place.
    /// </exception>
    public static Graph Differentiate(Graph graph, IReadOnlyList<string> outputs, IReadOnlyList<string> wrt) =>
        Whole(graph, outputs, wrt, CotangentGiven);

    /// <summary>The graph of a loss and its gradients: as <see cref="Differentiate"/> with the cotangent 1.</summary>
    /// <param name="graph">A legal graph.</param>
    /// <param name="loss">Name of an output of one element.</param>
    /// <param name="wrt">Names of float32 inputs.</param>
    /// <exception cref="GraphException">As <see cref="Differentiate"/>, or the loss has more than one element.</exception>
    public static Graph OfLoss(Graph graph, string loss, IReadOnlyList<string> wrt) => Whole(graph, [loss], wrt, CotangentOne);

    /// <summary>
    /// As <see cref="Differentiate"/> or, with one output that is a loss, <see cref="OfLoss"/>; but gradients that nothing leads to are left
    /// out, and so is everything that the others do not need.
    /// </summary>
    /// <param name="graph">A legal graph.</param>
    /// <param name="outputs">Names of outputs with a cotangent.</param>
    /// <param name="wrt">Names of inputs.</param>
    /// <param name="isLoss">Whether the cotangent is 1.</param>
    /// <param name="values">Which outputs are returned beside the gradients.</param>
    /// <returns>Null when no gradient is left.</returns>
    internal static Graph? Partial(
        Graph graph, IReadOnlyList<string> outputs, IReadOnlyList<string> wrt, bool isLoss, IReadOnlyCollection<string> values)
    {
        var builder = new GraphBuilder(graph.Name);
        var gradients = Walk(graph, builder, outputs, wrt, isLoss ? CotangentOne : CotangentGiven, values.Contains);
        return Return(builder, gradients) ? builder.BuildNeeded() : null;
    }

    private static Graph Whole(
        Graph graph, IReadOnlyList<string> outputs, IReadOnlyList<string> wrt, Func<GraphBuilder, GraphOutput, Value> cotangent)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(wrt);
        var builder = new GraphBuilder($"{graph.Name}-vjp");
        var gradients = Walk(graph, builder, outputs, wrt, cotangent, _ => true);
        foreach (var (source, _) in gradients.Where(g => g.Gradient is null))
        {
            throw Unrelated(graph, source, outputs);
        }

        Return(builder, gradients);
        return builder.Build();
    }

    /// <summary>Nothing leads from an input to the outputs.</summary>
    internal static GraphException Unrelated(Graph graph, string source, IReadOnlyList<string> outputs) =>
        new($"Graph '{graph.Name}': nothing leads from '{source}' to {string.Join(", ", outputs)}.");

    /// <summary>An output, or what error messages say of a name that is none.</summary>
    internal static GraphOutput Output(Graph graph, string name) => Find(graph, graph.Outputs, o => o.Name, name, "output");

    /// <summary>An input, or what error messages say of a name that is none.</summary>
    internal static GraphInput Input(Graph graph, string name) => Find(graph, graph.Inputs, i => i.Name, name, "input");

    /// <summary>Refuses a loss of more than one element.</summary>
    internal static void RequireScalar(GraphOutput loss)
    {
        if (loss.Value.Shape.ElementCount != 1)
        {
            throw new GraphException($"The loss '{loss.Name}' must have one element, not {loss.Value.Shape}.");
        }
    }

    private static Value CotangentGiven(GraphBuilder builder, GraphOutput output) => builder.Input(Of(output.Name), output.Value.Type);

    private static Value CotangentOne(GraphBuilder builder, GraphOutput loss)
    {
        RequireScalar(loss);
        return builder.Constant(loss.Value.Shape, [1]);
    }

    private static List<(string Source, Value? Gradient)> Walk(
        Graph graph,
        GraphBuilder builder,
        IReadOnlyList<string> outputs,
        IReadOnlyList<string> wrt,
        Func<GraphBuilder, GraphOutput, Value> cotangent,
        Func<string, bool> isReturned)
    {
        var wanted = outputs.Select(name => Output(graph, name)).ToList();
        var sources = wrt.Select(name => Input(graph, name)).ToList();
        var path = new GradientPath(graph, sources.Select(s => s.Value), wanted.Select(o => o.Value));
        var forward = new ForwardCopy(graph, builder, path);
        var gradients = new Dictionary<int, Value>();
        foreach (var output in wanted)
        {
            if (isReturned(output.Name))
            {
                builder.Output(output.Name, forward[output.Value]);
            }

            if (path.IsActive(output.Value))
            {
                Accumulate(builder, gradients, forward[output.Value], cotangent(builder, output));
            }
        }

        foreach (var node in forward.ActiveNodes.Reverse())
        {
            if (gradients.TryGetValue(node.Output.Id, out var dy))
            {
                Back(builder, forward, gradients, node, dy);
            }
        }

        return sources.ConvertAll(s => (s.Name, path.IsNeeded(s.Value) ? gradients.GetValueOrDefault(forward[s.Value].Id) : null));
    }

    private static bool Return(GraphBuilder builder, List<(string Source, Value? Gradient)> gradients)
    {
        var any = false;
        foreach (var (source, gradient) in gradients)
        {
            if (gradient is not null)
            {
                builder.Output(Of(source), gradient);
                any = true;
            }
        }

        return any;
    }

    private static void Back(GraphBuilder builder, ForwardCopy forward, Dictionary<int, Value> gradients, Node node, Value dy)
    {
        var step = new GradientStep(builder, node, dy, operand => forward.IsActive(node.Inputs[operand]));
        node.Op.Differentiate(step);
        for (var i = 0; i < node.Inputs.Length; i++)
        {
            if (step.Results[i] is { } gradient)
            {
                Accumulate(builder, gradients, node.Inputs[i], gradient);
            }
        }
    }

    private static void Accumulate(GraphBuilder builder, Dictionary<int, Value> gradients, Value value, Value gradient) =>
        gradients[value.Id] = gradients.TryGetValue(value.Id, out var known) ? builder.Apply(new Ops.Elementwise.Sum(), known, gradient) : gradient;

    private static T Find<T>(Graph graph, IEnumerable<T> all, Func<T, string> nameOf, string name, string kind) =>
        all.FirstOrDefault(item => nameOf(item) == name)
        ?? throw new GraphException(
            $"Graph '{graph.Name}' has no {kind} '{name}'; it has {string.Join(", ", all.Select(item => $"'{nameOf(item)}'"))}.");
}
