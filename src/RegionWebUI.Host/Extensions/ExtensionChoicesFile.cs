using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Settings;

namespace RegionWebUI.Host.Extensions;

/// <summary>
/// The file with the user's choices. One that cannot be read never makes an extension active: everything is off then, the bad file is kept
/// beside the new one, and a warning says so.
/// </summary>
/// <param name="options">Where it is and whether it may be written.</param>
internal sealed class ExtensionChoicesFile(ExtensionCatalogOptions options)
{
    private const int Format = 1;
    private const int LargestFile = 1024 * 1024;

    private static readonly JsonSerializerOptions _strict = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
    };

    private string? _notToBeReplaced;

    /// <summary>Reads the choices. It never throws for what is in the file or what the disk says.</summary>
    public ExtensionChoices Read()
    {
        byte[] bytes;
        try
        {
            if (!File.Exists(options.SettingsFile) && !IsHidden(options.SettingsFile))
            {
                return ExtensionChoices.None;
            }

            bytes = new FileInfo(options.SettingsFile).Length <= LargestFile ? File.ReadAllBytes(options.SettingsFile) : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What cannot be read must not be written over: it may be whole.
            _notToBeReplaced = ErrorText.OneLine(error);
            options.Warn($"All extensions are off: '{options.SettingsFile}' cannot be read ({_notToBeReplaced}).");
            return new ExtensionChoices([], UnlistedAreOff: true);
        }

        try
        {
            return Parse(bytes);
        }
        catch (Exception error) when (error is JsonException or FormatException or NotSupportedException)
        {
            var lost = new ExtensionChoices([], UnlistedAreOff: true);
            options.Warn($"All extensions are off: '{options.SettingsFile}' is damaged ({ErrorText.OneLine(error)}). {Replace(lost)}");
            return lost;
        }
    }

    /// <summary>Writes the choices.</summary>
    /// <exception cref="IOException">They cannot be written; the old ones stay.</exception>
    /// <exception cref="InvalidOperationException">The catalog is read-only.</exception>
    public void Write(ExtensionChoices choices)
    {
        if (options.ReadOnly)
        {
            throw new InvalidOperationException("The extensions' settings are only read here.");
        }

        if (_notToBeReplaced is not null)
        {
            throw new IOException(
                $"'{options.SettingsFile}' could not be read ({_notToBeReplaced}), so it is not written over; start anew once it can be.");
        }

        var document = new Document
        {
            Format = Format,
            UnlistedAreOff = choices.UnlistedAreOff,
            Extensions = [.. choices.All.Select(c => new Entry { Id = c.Id, On = c.On, Quarantined = c.Quarantined })],
        };
        try
        {
            AtomicFile.Write(options.SettingsFile, JsonSerializer.SerializeToUtf8Bytes(document, _strict));
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException($"'{options.SettingsFile}' may not be written: {error.Message}", error);
        }
    }

    // The copy comes before the new file, so that at no moment the default state of a missing file holds.
    private string Replace(ExtensionChoices lost)
    {
        if (options.ReadOnly)
        {
            return "It was left as it is.";
        }

        try
        {
            var copy = CopyName();
            File.Copy(options.SettingsFile, copy);
            Write(lost);
            return $"It was kept as '{copy}'; switch on what you need.";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"It could not be replaced ({ErrorText.OneLine(error)}).";
        }
    }

    private string CopyName()
    {
        var time = options.Time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var name = $"{options.SettingsFile}.corrupt-{time}";
        return Enumerable.Range(2, 1000).Select(n => string.Create(CultureInfo.InvariantCulture, $"{name}-{n}"))
            .Prepend(name).First(n => !File.Exists(n));
    }

    // A file in a folder that may not be entered looks like one that is not there; asking for it tells the two apart.
    private static bool IsHidden(string path)
    {
        try
        {
            File.GetAttributes(path);
            return true;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    private static ExtensionChoices Parse(byte[] bytes)
    {
        var document = JsonSerializer.Deserialize<Document>(bytes, _strict) ?? throw new FormatException("it holds null");
        if (document.Format != Format)
        {
            throw new FormatException($"its format is {document.Format}, not {Format}");
        }

        if (document.Extensions.Any(e => e is null))
        {
            throw new FormatException("an extension in it is null");
        }

        var choices = document.Extensions
            .Select(e => new ExtensionChoice(e.Id, e.On, e.Quarantined is null ? null : ErrorText.Line(e.Quarantined))).ToList();
        return choices.DistinctBy(c => c.Id).Count() == choices.Count
            ? new ExtensionChoices(choices, document.UnlistedAreOff)
            : throw new FormatException("an id is in it twice");
    }

    private sealed record Document
    {
        public required int Format { get; init; }

        public required bool UnlistedAreOff { get; init; }

        public required IReadOnlyList<Entry> Extensions { get; init; }
    }

    private sealed record Entry
    {
        public required string Id { get; init; }

        public bool? On { get; init; }

        public string? Quarantined { get; init; }
    }
}
