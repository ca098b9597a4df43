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
        Walk(graph, outputs, wrt, (builder, output) => builder.Input(Of(output.Name), output.Value.Type));

    /// <summary>The graph of a loss and its gradients: as <see cref="Differentiate"/> with the cotangent 1.</summary>
    /// <param name="graph">A legal graph.</param>
    /// <param name="loss">Name of an output of one element.</param>
    /// <param name="wrt">Names of float32 inputs.</param>
    /// <exception cref="GraphException">As <see cref="Differentiate"/>, or the loss has more than one element.</exception>
    public static Graph OfLoss(Graph graph, string loss, IReadOnlyList<string> wrt) =>
        Walk(graph, [loss], wrt, (builder, output) => output.Value.Shape.ElementCount == 1
            ? builder.Constant(output.Value.Shape, [1])
            : throw new GraphException($"The loss '{loss}' must have one element, not {output.Value.Shape}."));

    private static Graph Walk(Graph graph, IReadOnlyList<string> outputs, IReadOnlyList<string> wrt, Func<GraphBuilder, GraphOutput, Value> cotangent)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(wrt);
        var wanted = outputs.Select(name => Find(graph, graph.Outputs, o => o.Name, name, "output")).ToList();
        var sources = wrt.Select(name => Find(graph, graph.Inputs, i => i.Name, name, "input")).ToList();
        var path = new GradientPath(graph, sources.Select(s => s.Value), wanted.Select(o => o.Value));
        var builder = new GraphBuilder($"{graph.Name}-vjp");
        var forward = new ForwardCopy(graph, builder, path);
        var gradients = new Dictionary<int, Value>();
        foreach (var output in wanted)
        {
            builder.Output(output.Name, forward[output.Value]);
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

        foreach (var source in sources)
        {
            builder.Output(Of(source.Name), gradients.GetValueOrDefault(forward[source.Value].Id)
                ?? throw new GraphException($"Graph '{graph.Name}': nothing leads from '{source.Name}' to {string.Join(", ", outputs)}."));
        }

        return builder.Build();
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
