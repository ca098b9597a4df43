using System.CommandLine;
using System.Globalization;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Host.Models;
using RegionWebUI.Host.Parameters;
using RegionWebUI.Host.Settings;
using RegionWebUI.Sdk;

namespace RegionWebUI.Commands;

/// <summary><c>generate</c>: pictures in this process, without queue and data folder; it writes --out and nothing else.</summary>
internal sealed class GenerateCommand
{
    private readonly ProgramParts _parts;
    private readonly List<(GenerationParameter Parameter, Option<string> Option)> _parameters;
    private readonly Option<string> _model = ModelOptions.Model();
    private readonly Option<string> _device = ModelOptions.Device();
    private readonly Option<string> _out = new("--out")
    {
        Description = "PNG file to write; further pictures get -2, -3, ...",
        HelpName = "FILE.png",
        Required = true,
    };

    private readonly Option<bool> _json = new("--json") { Description = "Write one JSON object about the result to standard output." };

    private GenerateCommand(ProgramParts parts)
    {
        _parts = parts;
        _parameters = [.. new GenerationParameters(parts.Validator).All.Select(p => (p, OptionOf(p)))];
    }

    /// <summary>The command with its options.</summary>
    public static Command Create(ProgramParts parts)
    {
        var generate = new GenerateCommand(parts);
        var command = new Command("generate", "Make pictures from a prompt and write them to files.");
        generate._parameters.ForEach(p => command.Options.Add(p.Option));
        Option[] others = [generate._model, generate._device, generate._out, generate._json];
        Array.ForEach(others, command.Options.Add);
        command.SetAction((parsed, cancellation) => Guard.RunAsync(parts, () => generate.RunAsync(parsed, cancellation), cancellation));
        return command;
    }

    private static Option<string> OptionOf(GenerationParameter parameter) => new(parameter.Option)
    {
        Description = parameter.Help + (parameter.Default is null or "" || parameter.Field == nameof(GenerationRequest.Seed)
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" [{parameter.Default}]")),
        HelpName = parameter.Field.ToUpperInvariant(),
        Required = parameter.Field == nameof(GenerationRequest.Prompt),
    };

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var request = RequestOf(parsed);
        _parts.Validator.ThrowIfInvalid(request);
        var device = DeviceName.Parse(parsed.GetValue(_device)!);
        var output = PictureOutput.Check(parsed.GetRequiredValue(_out), request.BatchSize);
        var folder = _parts.Models(DataFolder.Locate(null, _parts.Environment)).Resolve(parsed.GetValue(_model));

        var models = new ModelSession(_parts.Engines, folder, device, _parts.Time);
        await using (models)
        {
            var (result, loaded) = await GenerateAsync(models, request, cancellationToken);
            output.Write(result.Pictures, _parts.Codec);
            Report(parsed.GetValue(_json), Describe(request, result, loaded, output));
        }

        return ExitCode.Ok;
    }

    private GenerationRequest RequestOf(ParseResult parsed)
    {
        var request = new GenerationRequest();
        foreach (var (parameter, option) in _parameters)
        {
            if (parsed.GetValue(option) is { } text)
            {
                request = parameter.Parse(request, text);
            }
            else if (parameter.Field == nameof(GenerationRequest.Seed))
            {
                request = parameter.Set(request, _parts.DrawSeed());
            }
        }

        return request;
    }

    private async Task<(GenerationResult Result, LoadedModel Loaded)> GenerateAsync(
        ModelSession models, GenerationRequest request, CancellationToken cancellationToken)
    {
        var progress = new ProgressReporter(_parts.Error, _parts.ErrorIsTerminal, _parts.Time);
        try
        {
            progress.OnPhase(GenerationPhase.Loading);
            var loaded = await models.PrepareAsync(cancellationToken);
            _parts.Validator.ThrowIfInvalid(request, loaded.NativeSize);
            var result = await models.UseAsync(engine => engine.GenerateAsync(request, progress, cancellationToken), cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            return (result, loaded);
        }
        finally
        {
            progress.Clear();
        }
    }

    private static GenerateReport Describe(GenerationRequest request, GenerationResult result, LoadedModel loaded, PictureOutput output)
    {
        var first = result.Pictures[0];
        return new GenerateReport(
            output.Files[0],
            first.Seed,
            first.Picture.Width,
            first.Picture.Height,
            request.Steps,
            result.Sampler,
            result.Schedule,
            loaded.Name,
            result.Device,
            new GenerateReport.Times(loaded.LoadSeconds + result.LoadSeconds, result.SampleSeconds, result.DecodeSeconds),
            first.Infotext,
            [.. output.Files.Zip(result.Pictures).Select(p => new GenerateReport.Entry(p.First, p.Second.Seed, p.Second.Infotext))]);
    }

    private void Report(bool json, GenerateReport report)
    {
        if (json)
        {
            _parts.Out.WriteLine(report.ToJson());
            return;
        }

        foreach (var picture in report.Pictures)
        {
            _parts.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{picture.File} (seed {picture.Seed})"));
        }

        var times = report.Seconds;
        _parts.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Width} x {report.Height}, {report.Steps} steps {report.Sampler} on {report.Device}: "
            + $"load {times.Load:0.00} s, sample {times.Sample:0.00} s, decode {times.Decode:0.00} s"));
    }
}
