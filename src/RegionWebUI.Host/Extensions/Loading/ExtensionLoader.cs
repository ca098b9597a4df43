using System.Reflection;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Extensions.Declaring;
using RegionWebUI.Host.Extensions.Manifests;
using RegionWebUI.Sdk;

namespace RegionWebUI.Host.Extensions.Loading;

/// <summary>Loads an extension's code and lets it declare what it brings.</summary>
internal static class ExtensionLoader
{
    /// <summary>Loads one.</summary>
    /// <param name="folder">Its folder, as a full path.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="takenVerbs">Verbs of the program.</param>
    /// <param name="onFault">Told about exceptions its code lets escape in the background.</param>
    /// <exception cref="ExtensionRefusedException">It cannot be used; nothing of it stays loaded.</exception>
    /// <exception cref="IOException">A file cannot be read just now.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static LoadedExtension Load(
        string folder, ExtensionManifest manifest, IReadOnlyCollection<string> takenVerbs, Action<ExtensionLoadContext, Exception> onFault)
    {
        var files = CodeFiles.Read(folder, manifest.Assembly);
        ReferenceCheck.Check(files);
        var context = new ExtensionLoadContext(manifest.Id, files, onFault);
        try
        {
            var extension = Create(context, files.Entry.FileName);
            var registry = new ExtensionRegistry(manifest.Id, takenVerbs);
            ExtensionCode.Call("Register", () => extension.Register(registry));
            var declaration = registry.Close(manifest.Parameters);
            TryDefaults(manifest.Id, declaration);
            return new LoadedExtension(manifest, context, declaration);
        }
        catch
        {
            context.Unload();
            throw;
        }
    }

    private static IExtension Create(ExtensionLoadContext context, string file)
    {
        var types = ExtensionCode.Call($"loading '{file}'", () => Types(context.LoadEntry()));
        var all = types.Where(t => t is { IsClass: true, IsAbstract: false } && typeof(IExtension).IsAssignableFrom(t)).ToList();
        var entries = all.Where(t => t.IsVisible).ToList();
        if (entries.Count != 1)
        {
            var found = entries.Count > 1 ? $"has {entries.Count} ({string.Join(", ", entries.Take(4).Select(t => t.Name))})"
                : all.Count > 0 ? $"has {all[0].Name}, which is not public" : "has none";
            throw new ExtensionRefusedException($"'{file}' must have one public class that implements IExtension, but {ErrorText.Line(found)}.");
        }

        var entry = entries[0];
        if (entry.ContainsGenericParameters || entry.GetConstructor(Type.EmptyTypes) is not { } constructor)
        {
            throw new ExtensionRefusedException($"{ErrorText.Line(entry.Name)} must have a public constructor without parameters.");
        }

        return ExtensionCode.Call("its constructor", () => (IExtension)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, null, null));
    }

    // An extension that refuses its own defaults would refuse every request that has nothing to do with it.
    private static void TryDefaults(string id, ExtensionDeclaration declaration)
    {
        try
        {
            new RunParameters(id, declaration.Parameters).Bind(new GenerationRequest());
        }
        catch (BadInputException error)
        {
            throw new ExtensionRefusedException($"it refuses its own defaults: {error.Message}");
        }
    }

    private static Type[] Types(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException error) when (error.LoaderExceptions.FirstOrDefault(e => e is not null) is { } first)
        {
            throw new ExtensionRefusedException($"a type of it cannot be loaded: {ErrorText.OneLine(first)}", ErrorText.Details(first));
        }
    }
}
