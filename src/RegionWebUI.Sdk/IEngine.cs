using RegionWebUI.Imaging;

namespace RegionWebUI.Sdk;

/// <summary>What a command of an extension works with.</summary>
public interface IEngine
{
    /// <summary>Where results go (standard output).</summary>
    TextWriter Out { get; }

    /// <summary>Where progress, advice and errors go (standard error).</summary>
    TextWriter Error { get; }

    /// <summary>Makes pictures, with the extensions that are on; the model is loaded when first needed.</summary>
    /// <param name="request">What to make; values of the extension's own parameters go into <see cref="GenerationRequest.Extensions"/>.</param>
    /// <param name="cancellationToken">Ends the run within one model call.</param>
    /// <returns>Pictures in seed order.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    Task<IReadOnlyList<GeneratedPicture>> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken);

    /// <summary>Reads a PNG, JPEG or WebP file that the user named, upright.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It is not there, cannot be read, or is no picture; the message is one sentence.</exception>
    Image ReadPicture(string path);

    /// <summary>Writes a picture with its infotext, in the format of the name's ending; the file is whole or not there.</summary>
    /// <param name="path">A file the user named, ending in .png, .jpg, .jpeg or .webp.</param>
    /// <param name="picture">The picture.</param>
    /// <exception cref="IOException">It cannot be written; the message is one sentence.</exception>
    void WritePicture(string path, GeneratedPicture picture);
}
