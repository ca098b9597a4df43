using Microsoft.AspNetCore.Components.Forms;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Parameters;
using RegionWebUI.Imaging;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.Sdk;

namespace RegionWebUI.Components.TextToImage;

/// <summary>Reads pictures that a page or the gallery offers. Decoding runs beside the page's own thread, which goes on answering.</summary>
internal static class PictureReader
{
    /// <summary>Largest file that is taken, in bytes.</summary>
    internal const int MaxBytes = 32 << 20;

    private const int MaxName = 60;

    /// <summary>A picture to start from.</summary>
    /// <exception cref="BadInputException">The file is too large, no PNG, JPEG or WebP, or cannot be read.</exception>
    internal static async Task<Chosen<Image>> PictureAsync(IBrowserFile file, CancellationToken cancellation)
    {
        const string Field = nameof(GenerationRequest.Init);
        var content = await ReadAsync(Field, file, cancellation);
        var picture = await DecodeAsync(Field, file.Name, content, StartPictures.PictureAsync, cancellation);
        return await Task.Run(() => Chosen.Picture(Shortened(file.Name), picture), cancellation);
    }

    /// <summary>A mask: white is edited, black is kept.</summary>
    /// <exception cref="BadInputException">The file is too large, no PNG, JPEG or WebP, or cannot be read.</exception>
    internal static async Task<Chosen<Mask>> MaskAsync(IBrowserFile file, CancellationToken cancellation)
    {
        const string Field = nameof(GenerationRequest.Mask);
        var content = await ReadAsync(Field, file, cancellation);
        var mask = await DecodeAsync(Field, file.Name, content, StartPictures.MaskAsync, cancellation);
        return await Task.Run(() => Chosen.Painted(Shortened(file.Name), mask), cancellation);
    }

    /// <summary>A kept picture as the one to start from.</summary>
    /// <param name="path">Its file; null when it is gone.</param>
    /// <param name="name">What it is called on the page.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="BadInputException">The file is gone or cannot be read.</exception>
    internal static async Task<Chosen<Image>> KeptAsync(string? path, string name, CancellationToken cancellation)
    {
        const string Field = nameof(GenerationRequest.Init);
        try
        {
            var content = path is null ? throw new FileNotFoundException("it is no longer there") : await File.ReadAllBytesAsync(path, cancellation);
            var picture = await DecodeAsync(Field, name, content, StartPictures.PictureAsync, cancellation);
            return await Task.Run(() => Chosen.Picture(name, picture), cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(Field, $"The kept picture cannot be read ({error.Message.TrimEnd('.')}).");
        }
    }

    /// <summary>The whole file.</summary>
    /// <exception cref="BadInputException">The file is too large or did not arrive.</exception>
    internal static async Task<ReadOnlyMemory<byte>> ReadAsync(string field, IBrowserFile file, CancellationToken cancellation)
    {
        if (file.Size > MaxBytes)
        {
            throw new BadInputException(
                field, FormattableString.Invariant(
                    $"'{Shortened(file.Name)}' has {file.Size / 1048576.0:0.0} MB; a picture file may have at most {MaxBytes >> 20} MB."));
        }

        try
        {
            using var kept = new MemoryStream((int)file.Size);
            await using var sent = file.OpenReadStream(MaxBytes, cancellation);
            await sent.CopyToAsync(kept, cancellation);
            return kept.GetBuffer().AsMemory(0, (int)kept.Length);
        }
        catch (Exception error) when (error is IOException or TimeoutException or Microsoft.JSInterop.JSException)
        {
            throw new BadInputException(field, $"'{Shortened(file.Name)}' could not be sent ({error.Message.TrimEnd('.')}).");
        }
    }

    private static async Task<T> DecodeAsync<T>(
        string field,
        string name,
        ReadOnlyMemory<byte> content,
        Func<ReadOnlyMemory<byte>, CancellationToken, Task<T>> decode,
        CancellationToken cancellation)
    {
        try
        {
            return await decode(content, cancellation);
        }
        catch (ImageFormatException refused)
        {
            throw new BadInputException(field, $"'{Shortened(name)}' cannot be used: {refused.Message}");
        }
    }

    /// <summary>A name that fits into a sentence.</summary>
    internal static string Shortened(string name) => name.Length > MaxName ? $"{name[..MaxName]}…" : name;
}
