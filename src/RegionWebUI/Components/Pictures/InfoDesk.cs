using System.Globalization;
using Microsoft.AspNetCore.Components.Forms;
using RegionWebUI.Components.TextToImage;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Parameters;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Pictures;

namespace RegionWebUI.Components.Pictures;

/// <summary>
/// What one open page looks into: a picture file and the infotext in it, or a text that was typed or pasted. It is kept while other tabs are
/// open.
/// </summary>
internal sealed class InfoDesk : IDisposable
{
    /// <summary>Id of the file input.</summary>
    internal const string FileId = "info-file";

    /// <summary>Id of the box with the text.</summary>
    internal const string TextId = "info-text";

    /// <summary>Longest side of the picture that is shown, in pixels.</summary>
    internal const int PreviewSide = 640;

    private readonly Replaceable _reading = new();

    /// <summary>The picture; null when there is none.</summary>
    internal Inspected? Picture { get; private set; }

    /// <summary>Why the last file was not taken; null when it was.</summary>
    internal string? Error { get; private set; }

    /// <summary>Whether a file is being read.</summary>
    internal bool IsBusy => _reading.IsBusy;

    /// <summary>The infotext as it stands in the box.</summary>
    internal string Text { get; set; } = "";

    /// <summary>What stands in the place of parameters when there are none.</summary>
    internal string Silence =>
        Picture is null ? "Drop a picture, or paste the parameters of one into the box."
        : Picture.Info.TextProblem ?? "This picture says nothing about how it was made.";

    /// <summary>Names and values out of the text, prompts first; empty when it is no infotext.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> Rows()
    {
        var document = InfotextReader.Read(Text);
        return document.Fields.Count == 0
            ? []
            :
            [
                new("Prompt", document.Prompt),
                .. document.NegativePrompt.Length > 0 ? [new("Negative prompt", document.NegativePrompt)] : (KeyValuePair<string, string>[])[],
                .. document.Fields,
            ];
    }

    /// <summary>Looks into a file; when it cannot be used, what was there before stays.</summary>
    internal Task TakeAsync(IBrowserFile file) => _reading.RunAsync(async end =>
    {
        Error = null;
        try
        {
            Picture = await InspectAsync(file, end);
            Text = Picture.Info.Infotext ?? "";
        }
        catch (BadInputException refused) when (!end.IsCancellationRequested)
        {
            Error = refused.Message;
        }
    });

    /// <summary>Takes the picture and its text away.</summary>
    internal void Clear()
    {
        _reading.Cancel();
        (Picture, Error, Text) = (null, null, "");
    }

    /// <summary>Kind, size and weight of the picture, in words.</summary>
    internal string Facts() => Picture is null
        ? ""
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{PictureFormats.Title(Picture.Info.Format)}, {Picture.Info.Width} × {Picture.Info.Height} pixels, "
            + $"{Math.Max(1, Picture.Bytes / 1024)} KB");

    /// <inheritdoc />
    public void Dispose() => _reading.Dispose();

    private static async Task<Inspected> InspectAsync(IBrowserFile file, CancellationToken cancellation)
    {
        var content = await PictureReader.ReadAsync(FileId, file, cancellation);
        try
        {
            var info = PictureFile.ReadInfo(content);
            var picture = await StartPictures.PictureAsync(content, cancellation);
            return await Task.Run(
                () => new Inspected(
                    info, content.Length, Chosen.Picture(PictureReader.Shortened(file.Name), picture), Thumbnails.Of(picture, PreviewSide)),
                cancellation);
        }
        catch (ImageFormatException refused)
        {
            throw new BadInputException(FileId, $"'{PictureReader.Shortened(file.Name)}' cannot be used: {refused.Message}");
        }
    }
}
