using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Host.Models;
using RegionWebUI.Host.Settings;
using RegionWebUI.Imaging;
using RegionWebUI.Pictures;
using RegionWebUI.Sdk;

namespace RegionWebUI.Commands;

/// <summary>What a command of an extension works with: the model, loaded when it is first needed, and the extensions that are on.</summary>
internal sealed class ExtensionEngine : IEngine, IAsyncDisposable
{
    private readonly ProgramParts _parts;
    private readonly IExtensionCatalog _extensions;
    private readonly Lazy<ModelSession> _models;

    /// <summary>Names the model; nothing is looked for or loaded yet.</summary>
    /// <param name="parts">What the program is made of.</param>
    /// <param name="data">The data folder, whose models count too.</param>
    /// <param name="extensions">The extensions that are on.</param>
    /// <param name="model">Model by name or folder; null for the first.</param>
    /// <param name="device">Canonical device name.</param>
    public ExtensionEngine(ProgramParts parts, DataFolder data, IExtensionCatalog extensions, string? model, string device)
    {
        _parts = parts;
        _extensions = extensions;
        _models = new Lazy<ModelSession>(() => new ModelSession(parts.Engines, parts.Models(data).Resolve(model), device, parts.Time));
    }

    /// <inheritdoc/>
    public TextWriter Out => _parts.Out;

    /// <inheritdoc/>
    public TextWriter Error => _parts.Error;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<GeneratedPicture>> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        _parts.Validator.With(_extensions.Entries).ThrowIfInvalid(request);
        _extensions.ThrowIfInvalid(request);
        var models = _models.Value;
        var progress = new ProgressReporter(_parts);
        try
        {
            progress.OnPhase(GenerationPhase.Loading);
            var loaded = await models.PrepareAsync(cancellationToken).ConfigureAwait(false);
            _parts.Validator.With(_extensions.Entries).ThrowIfInvalid(request, loaded.NativeSize);
            var taking = _extensions.ForRun(request);
            var result = await models.UseAsync(engine => engine.GenerateAsync(request, taking, progress, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            result.Hooks.Failures.ToList().ForEach(_extensions.RecordHookFailure);
            _extensions.RecordGoodRun(result.Hooks);
            return result.Pictures;
        }
        catch (SamplerFailureException failed)
        {
            _extensions.RecordHookFailure(failed.Failure);
            throw;
        }
        finally
        {
            progress.Clear();
        }
    }

    /// <inheritdoc/>
    public Image ReadPicture(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return PictureInput.Read(path, source: null);
    }

    /// <inheritdoc/>
    public void WritePicture(string path, GeneratedPicture picture)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(picture);
        if (PictureFormats.OfFile(path) is not { } format || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new PictureFileException($"A picture's file must have a name that ends in {PictureFormats.Endings}, not '{path}'.");
        }

        var content = PictureContent.Of(path, picture.Picture, picture.Infotext, PictureFormats.EncodingOf(format));
        try
        {
            AtomicFile.Write(path, content, FileFailpoints.Picture);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new PictureFileException($"The file '{path}' cannot be written ({OneLine.Of(failed.Message)}).", failed);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _models.IsValueCreated ? _models.Value.DisposeAsync() : ValueTask.CompletedTask;
}
