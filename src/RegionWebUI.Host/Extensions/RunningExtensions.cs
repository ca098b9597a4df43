using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Host.Extensions.Declaring;
using RegionWebUI.Host.Extensions.Loading;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace RegionWebUI.Host.Extensions;

/// <summary>The extensions that are on and can be used, in the order in which they run: immutable.</summary>
/// <param name="all">They, in order.</param>
/// <param name="time">Bounds how long their code may take over a request's values.</param>
internal sealed class RunningExtensions(IReadOnlyList<LoadedExtension> all, TimeProvider time)
{
    /// <summary>They, in order.</summary>
    public IReadOnlyList<LoadedExtension> All => all;

    /// <summary>Reads a request's values for all of them.</summary>
    /// <param name="request">The request.</param>
    /// <param name="whyNot">Says of an id that is not among them why its values cannot be used.</param>
    /// <param name="onFailed">Told about an extension whose own code threw, with the reason; it is left out.</param>
    /// <exception cref="BadInputException">
    /// The request has a value for an extension that is not among them or whose own code threw, or one that is not legal.
    /// </exception>
    public IReadOnlyList<RunExtension> ForRun(
        GenerationRequest request, Func<string, string> whyNot, Action<LoadedExtension, ExtensionRefusedException> onFailed)
    {
        foreach (var key in request.Extensions.Keys)
        {
            var id = key.Split('/', 2)[0];
            if (!all.Any(e => e.Manifest.Id == id))
            {
                throw new BadInputException(InfotextKeys.ExtensionPrefix + key, whyNot(id));
            }
        }

        var run = new List<RunExtension>();
        foreach (var extension in all)
        {
            try
            {
                Add(run, extension, request);
            }
            catch (ExtensionRefusedException refused)
            {
                onFailed(extension, refused);
                var prefix = RunParameters.Prefix(extension.Manifest.Id);
                if (request.Extensions.Keys.FirstOrDefault(k => k.StartsWith(prefix, StringComparison.Ordinal)) is { } key)
                {
                    throw new BadInputException(
                        InfotextKeys.ExtensionPrefix + key, $"The extension '{extension.Manifest.Id}' cannot be used: {refused.Message}");
                }
            }
        }

        return run;
    }

    private void Add(List<RunExtension> run, LoadedExtension extension, GenerationRequest request)
    {
        var parameters = new RunParameters(extension.Manifest.Id, extension.Declaration.Parameters);
        var (values, bound) = ExtensionThread.Call("taking its values", time, () => parameters.Bind(request));
        if (extension.Declaration is { CreateHooks: not null } or { Samplers.Count: > 0 })
        {
            run.Add(new RunExtension(extension.Manifest.Id, extension.Manifest.Version, r => Hooks(extension, r))
            {
                Parameters = bound is null ? null : () => parameters.Bind(request).Bound!,
                Samplers = extension.Declaration.Samplers,
                Values = values,
            });
        }
    }

    // The run holds on to the whole extension, so that its code can still load what it needs after it was switched off or built anew.
    private static IEnumerable<IHook> Hooks(LoadedExtension extension, IRun run) => extension.Declaration.CreateHooks is not { } create
        ? []
        : create(run) ?? throw new InvalidOperationException("The function given to Hooks returned null in place of a list of hooks.");
}
