using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Graph;
using RegionWebUI.Sdk.Objectives;

namespace RegionWebUI.Diffusion.Objectives;

/// <summary>The losses of a loaded model: differentiated once per key and shapes, for as long as the model is loaded.</summary>
/// <param name="model">The model.</param>
/// <param name="memory">How much memory a gradient may take.</param>
internal sealed class ObjectiveShelf(LoadedModel model, MemoryOptions memory)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, GradientPlan> _plans = [];
    private readonly Lazy<GuidanceNetworks> _guidance = new(() => GuidanceNetworks.Open(model.FolderPath));

    /// <summary>The networks that steer.</summary>
    /// <exception cref="ModelException">One is half there, damaged or of an unsupported kind.</exception>
    public GuidanceNetworks Guidance => _guidance.Value;

    /// <summary>The loss of a key; written each time to learn its shapes, differentiated the first time.</summary>
    /// <exception cref="ArgumentException">The loss is no scalar, wants a network that is not there, or cannot be differentiated.</exception>
    /// <exception cref="InsufficientMemoryException">Its gradient needs more memory than there is.</exception>
    public IObjective Take(string key, Func<ILossBuilder, Expr> loss, IReadOnlyList<string> wrt, CancellationToken end)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(loss);
        try
        {
            var builder = new LossBuilder(model, Guidance);
            var forward = builder.Build(loss(builder));
            var shapes = string.Join(", ", forward.Inputs.Select(i => $"{i.Name} {i.Value.Shape}"));
            var full = $"{key} of {shapes} by {string.Join(", ", wrt)}, {forward.Nodes.Length} ops";
            lock (_lock)
            {
                if (!_plans.TryGetValue(full, out var plan))
                {
                    _plans.Add(full, plan = GradientPlan.Of(key, forward, wrt, memory));
                }

                return new Objective(model, full, plan, wrt, end);
            }
        }
        catch (GraphException refused)
        {
            throw new ArgumentException($"The loss '{key}' cannot be computed: {refused.Message}", nameof(loss), refused);
        }
    }
}
