using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Host.Settings;

namespace RegionWebUI.Commands;

/// <summary><c>extension list|show|enable|disable</c>: the extensions that are there and which of them take part.</summary>
internal sealed class ExtensionsCommand
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ProgramParts _parts;
    private readonly Option<string> _dataDir = ExtensionOptions.DataDir();
    private readonly Option<string[]> _folders = ExtensionOptions.Folders();
    private readonly Option<bool> _asJson = new("--json") { Description = "Write one JSON object to standard output." };
    private readonly Argument<string> _id = new("ID") { Description = "Id of the extension, as 'extension list' shows it." };

    private ExtensionsCommand(ProgramParts parts) => _parts = parts;

    /// <summary>The command with its verbs.</summary>
    public static Command Create(ProgramParts parts)
    {
        var verbs = new ExtensionsCommand(parts);
        var command = new Command("extension", "Look after extensions.")
        {
            verbs.Verb("list", "List the extensions on this machine.", verbs.List, verbs._asJson),
            verbs.Verb("show", "Show an extension and its parameters.", verbs.Show, verbs._id),
            verbs.Verb("enable", "Switch an extension on.", parsed => verbs.Switch(parsed, on: true), verbs._id),
            verbs.Verb("disable", "Switch an extension off.", parsed => verbs.Switch(parsed, on: false), verbs._id),
        };
        return command;
    }

    private Command Verb(string name, string help, Func<ParseResult, int> run, Symbol more)
    {
        var verb = new Command(name, help) { _dataDir, _folders };
        if (more is Argument argument)
        {
            verb.Arguments.Add(argument);
        }
        else
        {
            verb.Options.Add((Option)more);
        }

        verb.SetAction((parsed, cancellation) => Guard.RunAsync(_parts, () => Task.FromResult(run(parsed)), cancellation));
        return verb;
    }

    private int List(ParseResult parsed)
    {
        var entries = Open(parsed, Locate(parsed), readOnly: true).Entries;
        if (parsed.GetValue(_asJson))
        {
            _parts.Out.WriteLine(JsonSerializer.Serialize(new { extensions = entries.Select(ExtensionView.Of) }, _json));
            return ExitCode.Ok;
        }

        if (entries.Count == 0)
        {
            _parts.Error.WriteLine("No extension was found.");
        }

        var idWidth = entries.Select(e => e.Id.Length).DefaultIfEmpty().Max();
        var versionWidth = entries.Select(e => e.Version.Length).DefaultIfEmpty().Max();
        foreach (var entry in entries)
        {
            var line = $"{entry.Id.PadRight(idWidth)}  {entry.Version.PadRight(versionWidth)}  {ExtensionView.StateOf(entry),-7}";
            _parts.Out.WriteLine($"{line}  {OneLine.Of(entry.Description)}".TrimEnd());
            Complain(entry);
        }

        return ExitCode.Ok;
    }

    private int Show(ParseResult parsed)
    {
        var entry = ExtensionValues.Find(Open(parsed, Locate(parsed), readOnly: true).Entries, parsed.GetRequiredValue(_id));
        _parts.Out.WriteLine($"{entry.Id} {entry.Version} ({ExtensionView.StateOf(entry)})".Replace("  ", " ", StringComparison.Ordinal));
        foreach (var line in new[] { entry.Name == entry.Id ? "" : entry.Name, OneLine.Of(entry.Description), entry.Folder }.Where(l => l is not ""))
        {
            _parts.Out.WriteLine("  " + line);
        }

        foreach (var parameter in entry.Parameters.Select(ExtensionView.ParameterOf))
        {
            _parts.Out.WriteLine($"{ExtensionValues.Option} {parameter.Option}={parameter.Default}");
            _parts.Out.WriteLine($"  {parameter.Label}: {parameter.Values}{(parameter.Help is "" ? "" : ". " + OneLine.Of(parameter.Help))}.");
        }

        foreach (var sampler in entry.Samplers)
        {
            _parts.Out.WriteLine($"--sampler \"{sampler.Name}\"");
            _parts.Out.WriteLine($"  Sampler: {sampler.Description}.");
        }

        foreach (var command in entry.Commands)
        {
            _parts.Out.WriteLine($"{command.Verb}: {OneLine.Of(command.Help)}.");
        }

        if (entry.State == ExtensionState.Off)
        {
            _parts.Error.WriteLine($"What it brings is known once it is on: 'extension enable {entry.Id}'.");
        }

        Complain(entry);
        return ExitCode.Ok;
    }

    private int Switch(ParseResult parsed, bool on)
    {
        var (data, id) = (Locate(parsed), parsed.GetRequiredValue(_id));

        // Said before the data folder is made for nothing.
        ExtensionValues.Find(Open(parsed, data, readOnly: true).Entries, id);
        using var heldLock = Lock(data.Create());
        var catalog = Open(parsed, data, readOnly: false);
        var entry = on ? catalog.Enable(id) : catalog.Disable(id);
        if (on && entry.State != ExtensionState.On)
        {
            throw new BadInputException("Id", $"The extension '{id}' is switched on, but cannot be used ({Reason(entry)}).");
        }

        _parts.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entry.Id} {entry.Version} is {(on ? "on" : "off")}."));
        return ExitCode.Ok;
    }

    // A running host has read the settings and writes them itself: two writers would undo each other's switches.
    private static DataFolderLock Lock(DataFolder data)
    {
        try
        {
            return DataFolderLock.Take(data);
        }
        catch (BadInputException refused) when (File.Exists(Path.Join(data.Root, "host.pid")))
        {
            throw new BadInputException(refused.Field, $"{OneLine.Of(refused.Message)}, or switch the extension on its Extensions page.");
        }
    }

    private DataFolder Locate(ParseResult parsed) => DataFolder.Locate(parsed.GetValue(_dataDir), _parts.Environment);

    private IExtensionCatalog Open(ParseResult parsed, DataFolder data, bool readOnly)
    {
        var warnings = new List<string>();
        var catalog = _parts.OpenExtensions(_parts.ExtensionsOf(data, parsed.GetValue(_folders)!, readOnly) with { Warn = warnings.Add });

        // Why an extension cannot be used is told with its entry, in one line; what concerns no entry is told here.
        var reasons = catalog.Entries.Select(e => e.Reason).OfType<string>().ToList();
        warnings.Where(w => !reasons.Exists(r => w.Contains(r, StringComparison.Ordinal))).ToList().ForEach(_parts.Error.WriteLine);
        return catalog;
    }

    private void Complain(ExtensionEntry entry)
    {
        if (entry.State is ExtensionState.Broken or ExtensionState.Missing || entry.Reason is not null)
        {
            _parts.Error.WriteLine($"{entry.Id}: {Reason(entry)}.");
        }
    }

    private static string Reason(ExtensionEntry entry) => OneLine.Of(entry.Reason ?? "its folder is not there");
}
