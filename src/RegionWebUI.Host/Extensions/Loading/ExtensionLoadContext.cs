using System.Reflection;
using System.Runtime.Loader;

namespace RegionWebUI.Host.Extensions.Loading;

/// <summary>
/// The assemblies of one extension, apart from all others: two extensions may bring two versions of one library. The contract and the
/// framework come from the program. It is loaded from memory, so that no file stays open. Dropping the last reference to it and to its
/// objects unloads it; whoever may still run code that has not loaded all it needs keeps a reference.
/// </summary>
internal sealed class ExtensionLoadContext : AssemblyLoadContext
{
    private readonly CodeFiles _files;
    private readonly Action<ExtensionLoadContext, Exception> _onFault;
    private readonly Lock _gate = new();

    /// <summary>An empty context.</summary>
    /// <param name="id">Id of the extension.</param>
    /// <param name="files">Its assemblies, checked.</param>
    /// <param name="onFault">Told about exceptions that its code let escape in the background, from any thread.</param>
    public ExtensionLoadContext(string id, CodeFiles files, Action<ExtensionLoadContext, Exception> onFault)
        : base($"extension {id}", isCollectible: true)
    {
        Id = id;
        _files = files;
        _onFault = onFault;
    }

    /// <summary>Id of the extension.</summary>
    public string Id { get; }

    /// <summary>Loads the entry assembly.</summary>
    /// <exception cref="BadImageFormatException">The runtime does not take it.</exception>
    /// <exception cref="FileLoadException">The runtime does not take it.</exception>
    public Assembly LoadEntry() => FromMemory(_files.Entry);

    /// <summary>Takes note of an exception that escaped in the background.</summary>
    public void ReportFault(Exception error) => _onFault(this, error);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var name = assemblyName.Name ?? "";
        if (assemblyName.CultureName is { Length: > 0 })
        {
            // Texts in other languages do not come from extensions' folders.
            return null;
        }

        if (ProgramAssemblies.Find(assemblyName) is { } shared)
        {
            return shared;
        }

        // Null would let the runtime look among the program's own assemblies.
        return _files.Find(name) is { } file && !ProgramAssemblies.IsPrivate(name)
            ? FromMemory(file)
            : throw new FileNotFoundException($"The extension '{Id}' cannot have the assembly '{name}'.");
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        var extension = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        string[] names = [unmanagedDllName, unmanagedDllName + extension, "lib" + unmanagedDllName + extension];
        var file = names.Where(n => Path.GetFileName(n) == n).Select(n => Path.Join(_files.Folder, n)).FirstOrDefault(File.Exists);
        return file is null ? 0 : LoadUnmanagedDllFromPath(file);
    }

    private Assembly FromMemory(AssemblyFile file)
    {
        lock (_gate)
        {
            // Assemblies must not stand in a field: through them the context would keep itself alive.
            if (Assemblies.FirstOrDefault(a => file.Name.Equals(a.GetName().Name, StringComparison.OrdinalIgnoreCase)) is { } loaded)
            {
                return loaded;
            }

            using var bytes = new MemoryStream(file.Bytes, writable: false);
            using var symbols = file.Symbols is null ? null : new MemoryStream(file.Symbols, writable: false);
            return LoadFromStream(bytes, symbols);
        }
    }
}
