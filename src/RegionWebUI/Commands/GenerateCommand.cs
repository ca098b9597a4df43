using System.CommandLine;
using System.Globalization;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Host.Models;
using RegionWebUI.Host.Settings;
using RegionWebUI.Pictures;
using RegionWebUI.Sdk;

namespace RegionWebUI.Commands;

/// <summary><c>generate</c>: pictures in this process, without queue and data folder; it writes --out and nothing else.</summary>
internal sealed class GenerateCommand
{
    private readonly ProgramParts _parts;
    private readonly RequestOptions _request;
    private readonly Option<string> _model = ModelOptions.Model();
    private readonly Option<string> _device = ModelOptions.Device();
    private readonly OutputOptions _output = new();
    private readonly Option<string[]> _extensions = ExtensionOptions.Folders();
    private readonly Option<bool> _json = new("--json") { Description = "Write one JSON object about the result to standard output." };

    private GenerateCommand(ProgramParts parts)
    {
        _parts = parts;
        _request = new RequestOptions(parts);
    }

    /// <summary>The command with its options.</summary>
    public static Command Create(ProgramParts parts)
    {
        var generate = new GenerateCommand(parts);
        var command = new Command("generate", "Make pictures from a prompt and write them to files.");
        Option[] options =
            [.. generate._request.All, generate._extensions, generate._model, generate._device, .. generate._output.All, generate._json];
        Array.ForEach(options, command.Options.Add);
        command.SetAction((parsed, cancellation) => Guard.RunAsync(parts, () => generate.RunAsync(parsed, cancellation), cancellation));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var data = DataFolder.Locate(null, _parts.Environment);
        var extensions = _parts.OpenExtensions(_parts.ExtensionsOf(data, parsed.GetValue(_extensions)!, readOnly: true));
        var asked = _request.Read(parsed, extensions, () => _parts.Styles(data));
        _parts.Validator.With(extensions.Entries).ThrowIfInvalid(asked.Request);
        var device = DeviceName.Parse(parsed.GetValue(_device)!);
        var output = _output.Read(parsed, asked);
        var folder = _parts.Models(data).Resolve(parsed.GetValue(_model));

        var models = new ModelSession(_parts.Engines, folder, device, _parts.Time);
        await using (models)
        {
            var (result, loaded) = await GenerateAsync(models, asked, extensions, cancellationToken);
            var files = output.Write(result.Pictures);
            var errors = GenerateReport.ExtensionError.Of(result.Hooks, extensions.Entries);
            Report(parsed.GetValue(_json), Describe(asked.Request, result, loaded, files) with { ExtensionErrors = errors });
        }

        return ExitCode.Ok;
    }

    private async Task<(GenerationResult Result, LoadedModel Loaded)> GenerateAsync(
        ModelSession models, ReadRequest asked, IExtensionCatalog extensions, CancellationToken cancellationToken)
    {
        var progress = new ProgressReporter(_parts);
        try
        {
            progress.OnPhase(GenerationPhase.Loading);
            var loaded = await models.PrepareAsync(cancellationToken);
            _parts.Validator.With(extensions.Entries).ThrowIfInvalid(asked.Request, loaded.NativeSize);
            progress.Clear();
            var taking = extensions.ForRun(asked.Request);
            asked.Advice(loaded.Name, [.. taking.Select(e => e.Id)])
                .Concat(PromptWarnings.Of(asked.Request, ModelCalls.Of(asked.Request.Steps, asked.Request.Sampler)))
                .ToList().ForEach(_parts.Error.WriteLine);
            var result = await models.UseAsync(
                engine => engine.GenerateAsync(asked.Request, taking, progress, cancellationToken), cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            return (result, loaded);
        }
        finally
        {
            progress.Clear();
        }
    }

    private static GenerateReport Describe(
        GenerationRequest request, GenerationResult result, LoadedModel loaded, IReadOnlyList<PictureOutput.Written> files)
    {
        var first = result.Pictures[0];
        return new GenerateReport(
            files[0].File,
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
            [.. files.Zip(result.Pictures).Select(p => new GenerateReport.Entry(
                p.First.File, p.Second.Seed, p.Second.Infotext, p.First.Attachments, p.Second.Curves))],
            [.. result.Hooks.Summary().Select(GenerateReport.HookUsed.Of)]);
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
            picture.Attachments.ToList().ForEach(a => _parts.Out.WriteLine($"{a.File} ({a.Name})"));
            picture.Curves.ToList().ForEach(c => _parts.Out.WriteLine($"{c.Name}: {CurveText.Course(c)}"));
        }

        var times = report.Seconds;
        _parts.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Width} x {report.Height}, {report.Steps} steps {report.Sampler} on {report.Device}: "
            + $"load {times.Load:0.00} s, sample {times.Sample:0.00} s, decode {times.Decode:0.00} s"));
    }
}
