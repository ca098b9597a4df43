using System.Globalization;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Settings;
using RegionWebUI.Imaging.Infotext;

namespace RegionWebUI.Host.Styles;

/// <summary>
/// The styles in <c>styles.csv</c>, A1111's own format. What was there before a change is kept beside it as <c>styles.csv.bak</c>. A file
/// that cannot be read gives no styles and is never written over.
/// </summary>
public sealed class StyleShelf : IStyleShelf
{
    private readonly Lock _gate = new();
    private readonly string _file;
    private readonly Action<string> _warn;
    private StyleTable _table = StyleTable.Empty;
    private string? _unreadable;

    /// <summary>Reads the file; one that is not there is an empty shelf.</summary>
    /// <param name="data">The data folder; it need not exist before the first style is saved.</param>
    /// <param name="warn">Told in one sentence what could not be read.</param>
    public StyleShelf(DataFolder data, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(warn);
        _file = Path.Join(data.Root, "styles.csv");
        _warn = warn;
        Read();
        Warn();
    }

    /// <inheritdoc/>
    public event Action? Changed;

    /// <inheritdoc/>
    public IReadOnlyList<PromptStyle> Styles => Volatile.Read(ref _table).Styles;

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes
    {
        get
        {
            lock (_gate)
            {
                return _unreadable is null ? _table.Notes : [$"The styles in '{_file}' cannot be read: {_unreadable}."];
            }
        }
    }

    /// <inheritdoc/>
    public PromptStyle? Find(string name) => Styles.FirstOrDefault(s => s.Name == name);

    /// <inheritdoc/>
    public void Save(PromptStyle style)
    {
        StyleLimits.ThrowIfInvalid(style);
        Change(table => table.With(style));
    }

    /// <inheritdoc/>
    public bool Delete(string name) => Change(table => table.Without(name));

    /// <inheritdoc/>
    public void Refresh()
    {
        lock (_gate)
        {
            Read();
        }

        Warn();
        Raise();
    }

    private bool Change(Func<StyleTable, StyleTable> change)
    {
        lock (_gate)
        {
            // What another program wrote in between must not be lost.
            Read();
            if (_unreadable is not null)
            {
                throw new IOException($"'{_file}' cannot be read ({_unreadable}), so it is not written over.");
            }

            var changed = change(_table);
            if (changed == _table)
            {
                return false;
            }

            Write(changed.ToBytes());
            Volatile.Write(ref _table, changed);
        }

        Raise();
        return true;
    }

    private void Write(byte[] bytes)
    {
        if (bytes.Length > StyleLimits.FileBytes)
        {
            throw new BadInputException("Styles", string.Create(
                CultureInfo.InvariantCulture,
                $"The styles may take at most {StyleLimits.FileBytes >> 20} MiB together; delete some, or shorten this one."));
        }

        try
        {
            if (File.Exists(_file))
            {
                AtomicFile.Write(_file + ".bak", File.ReadAllBytes(_file));
            }

            AtomicFile.Write(_file, bytes);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException($"'{_file}' may not be written: {ErrorText.OneLine(error).TrimEnd('.')}.", error);
        }
    }

    private void Read()
    {
        var table = StyleTable.Empty;
        try
        {
            _unreadable = null;
            var file = new FileInfo(_file);
            table = !file.Exists ? StyleTable.Empty
                : file.Length <= StyleLimits.FileBytes ? StyleTable.Parse(File.ReadAllBytes(_file))
                : throw new FormatException($"it is larger than {StyleLimits.FileBytes >> 20} MiB");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            _unreadable = error is FormatException ? error.Message : ErrorText.OneLine(error).TrimEnd('.');
        }

        Volatile.Write(ref _table, table);
    }

    private void Warn()
    {
        foreach (var note in Notes)
        {
            _warn(note);
        }
    }

    private void Raise()
    {
        foreach (var listener in Changed?.GetInvocationList().Cast<Action>() ?? [])
        {
            Listeners.Raise<StyleShelf>(_ => listener(), this, _warn, "styles");
        }
    }
}
