using System.CommandLine;
using System.Globalization;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Models;

namespace RegionWebUI.Commands;

/// <summary><c>serve</c>, the verb that is meant when none is given: the page, until Ctrl+C.</summary>
internal sealed class ServeCommand
{
    private readonly Option<string> _port = new("--port")
    {
        Description = "TCP port; 0 takes a free one.",
        HelpName = "PORT",
        DefaultValueFactory = _ => "7860",
    };

    private readonly Option<string> _host = new("--host")
    {
        Description = "Loopback address to listen on.",
        HelpName = "ADDRESS",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private readonly Option<string> _dataDir = ExtensionOptions.DataDir();
    private readonly Option<string[]> _extensions = ExtensionOptions.Folders();
    private readonly Option<bool> _noBrowser = new("--no-browser") { Description = "Do not open the page in a browser." };
    private readonly Option<string> _model = ModelOptions.Model();
    private readonly Option<string> _device = ModelOptions.Device();

    /// <summary>The command with its options.</summary>
    public static Command Create(ProgramParts parts)
    {
        var serve = new ServeCommand();
        var command = new Command("serve", "Open the page (the verb that is meant when none is given).");
        Option[] options = [serve._port, serve._host, serve._dataDir, serve._extensions, serve._noBrowser, serve._model, serve._device];
        Array.ForEach(options, command.Options.Add);
        command.SetAction((parsed, cancellation) => Guard.RunAsync(
            parts,
            async () =>
            {
                await Server.RunAsync(parts, serve.Read(parsed), cancellation);
                return ExitCode.Ok;
            },
            cancellation));
        return command;
    }

    private ServeRequest Read(ParseResult parsed)
    {
        var port = parsed.GetValue(_port)!;
        if (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > ushort.MaxValue)
        {
            throw new BadInputException("Port", $"--port must be a whole number from 0 to 65535, not '{port}'.");
        }

        var options = new ServeOptions { Host = parsed.GetValue(_host)!, Port = number };
        options.ParseAddress();
        return new ServeRequest(
            options,
            parsed.GetValue(_dataDir),
            parsed.GetValue(_model),
            DeviceName.Parse(parsed.GetValue(_device)!),
            OpenBrowser: !parsed.GetValue(_noBrowser),
            parsed.GetValue(_extensions)!);
    }
}
