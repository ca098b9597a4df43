using System.CommandLine;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Host.Models;
using RegionWebUI.Host.Settings;

namespace RegionWebUI.Commands;

/// <summary>The verbs that extensions which are on bring to the command line.</summary>
internal sealed class ExtensionVerbs
{
    private const string HelpName = "--help";

    private readonly ProgramParts _parts;
    private readonly DataFolder _data;
    private readonly IExtensionCatalog _catalog;

    private ExtensionVerbs(ProgramParts parts, DataFolder data, IExtensionCatalog catalog)
    {
        _parts = parts;
        _data = data;
        _catalog = catalog;
    }

    /// <summary>Adds the verbs. One whose options are taken is passed over, which is said on standard error.</summary>
    /// <param name="root">The program's command with its own verbs.</param>
    /// <param name="args">The command line: where to look must be known before it can be parsed.</param>
    /// <param name="parts">What the commands are made of.</param>
    /// <exception cref="BadInputException">A folder named on the command line is not there.</exception>
    public static void AddTo(RootCommand root, IReadOnlyList<string> args, ProgramParts parts)
    {
        var data = DataFolder.Locate(Values(args, ExtensionOptions.DataDirName).LastOrDefault(), parts.Environment);
        var catalog = parts.OpenExtensions(parts.ExtensionsOf(data, [.. Values(args, ExtensionOptions.FoldersName)], readOnly: true));
        var verbs = new ExtensionVerbs(parts, data, catalog);
        foreach (var declared in catalog.Entries.SelectMany(e => e.Commands))
        {
            var command = verbs.Create(declared);
            if (command.Options.GroupBy(o => o.Name).FirstOrDefault(g => g.Count() > 1 || g.Key == HelpName) is { } taken)
            {
                parts.Error.WriteLine(
                    $"The verb '{declared.Verb}' of the extension '{declared.Extension}' is passed over: its option '{taken.Key}' is taken.");
            }
            else
            {
                root.Subcommands.Add(command);
            }
        }
    }

    private Command Create(ExtensionCommand declared)
    {
        var command = new Command(declared.Verb, OneLine.Of(declared.Help) + ".");
        var options = declared.Options.Select(o => (o.Name, Option: OptionOf(o))).ToList();
        var (model, device) = (ModelOptions.Model(), ModelOptions.Device());
        Option[] all = [.. options.Select(o => o.Option), model, device, ExtensionOptions.Folders(), ExtensionOptions.DataDir()];
        Array.ForEach(all, command.Options.Add);
        command.SetAction((parsed, cancellation) => Guard.RunAsync(
            _parts,
            async () =>
            {
                var named = DeviceName.Parse(parsed.GetValue(device)!);
                var engine = new ExtensionEngine(_parts, _data, _catalog, parsed.GetValue(model), named);
                await using (engine)
                {
                    return await RunAsync(declared, ValuesOf(parsed, options), engine, cancellation);
                }
            },
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        ExtensionCommand declared, IReadOnlyDictionary<string, string> values, ExtensionEngine engine, CancellationToken cancellationToken)
    {
        try
        {
            return await declared.Run(values, engine, cancellationToken);
        }
        catch (Exception error) when (error is not (BadInputException or ModelException or DeviceException or IOException)
            && !(error is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            throw new ExtensionCommandException(declared.Extension, declared.Verb, error);
        }
    }

    private static Option OptionOf(ExtensionOption option)
    {
        var (name, help) = ("--" + option.Name, option.Help is "" ? option.Label : option.Help);
        return option.IsFlag
            ? new Option<bool>(name) { Description = help }
            : new Option<string>(name) { Description = help, HelpName = option.Name.ToUpperInvariant() };
    }

    private static Dictionary<string, string> ValuesOf(ParseResult parsed, List<(string Name, Option Option)> options)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, option) in options)
        {
            var text = option is Option<bool> flag ? (parsed.GetValue(flag) ? "true" : null) : parsed.GetValue((Option<string>)option);
            if (text is { } value)
            {
                values[name] = value;
            }
        }

        return values;
    }

    /// <summary>The values of an option, wherever it stands: <c>--name VALUE</c> or <c>--name=VALUE</c>.</summary>
    private static IEnumerable<string> Values(IReadOnlyList<string> args, string name)
    {
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] == name && i + 1 < args.Count)
            {
                yield return args[++i];
            }
            else if (args[i].StartsWith(name + "=", StringComparison.Ordinal))
            {
                yield return args[i][(name.Length + 1)..];
            }
        }
    }
}
