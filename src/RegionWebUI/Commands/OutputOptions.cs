using System.CommandLine;
using System.Globalization;
using RegionWebUI.Diffusion;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.Pictures;
using RegionWebUI.Sdk;

namespace RegionWebUI.Commands;

/// <summary>The options of <c>generate</c> that say what is written and how.</summary>
internal sealed class OutputOptions
{
    private const string OutName = "--out";
    private const string QualityName = "--quality";
    private const string LosslessName = "--lossless";

    private readonly Option<string> _out = new(OutName)
    {
        Description = $"File to write, its format by its ending ({PictureFormats.Endings}); further pictures get -2, -3, ...",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string> _quality = new(QualityName)
    {
        Description = string.Create(
            CultureInfo.InvariantCulture, $"Quality of a JPEG or WebP, 1 (small) to 100 (good). [{PictureEncoding.DefaultQuality}]"),
        HelpName = "QUALITY",
    };

    private readonly Option<bool> _lossless = new(LosslessName) { Description = "Write a WebP without loss." };

    /// <summary>The options, in the order of the help.</summary>
    public IEnumerable<Option> All => [_out, _quality, _lossless];

    /// <summary>The files that will be written; whether they can be is found out here, and nothing is left behind.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="asked">What will be drawn.</param>
    /// <exception cref="BadInputException">They cannot, or an option does not fit the format; the sentence says which.</exception>
    public PictureOutput Read(ParseResult parsed, ReadRequest asked)
    {
        var file = parsed.GetRequiredValue(_out);
        if (PictureFormats.OfFile(file) is not { } format || file.Contains('\0', StringComparison.Ordinal))
        {
            throw new BadInputException("Out", $"{OutName} must name a file that ends in {PictureFormats.Endings}, not '{file}'.");
        }

        var encoding = Encoding(file, format, parsed.GetValue(_quality), parsed.GetValue(_lossless));

        // The infotext has the prompts and more: what is too long already must not cost a run first.
        var prompts = asked.Request.Prompt + asked.Request.NegativePrompt;
        return PictureFile.ProblemOf(prompts, format) is { } problem
            ? throw new BadInputException(nameof(GenerationRequest.Prompt), $"The prompts cannot be kept in '{file}' ({OneLine.Of(problem)}).")
            : PictureOutput.Check(file, encoding, asked.Request.BatchSize, asked.Inputs);
    }

    private static PictureEncoding Encoding(string file, PictureFormat format, string? quality, bool lossless)
    {
        if (lossless && format != PictureFormat.Webp)
        {
            throw new BadInputException("Lossless", $"{LosslessName} belongs to WebP; {Named(file, format)}.");
        }

        if (quality is null)
        {
            return lossless ? PictureEncoding.WebpLossless : PictureFormats.EncodingOf(format);
        }

        if (format == PictureFormat.Png || lossless)
        {
            var instead = lossless ? $"{LosslessName} asks for none" : Named(file, format);
            throw new BadInputException("Quality", $"{QualityName} belongs to JPEG and to WebP with loss; {instead}.");
        }

        return PictureQuality.Parse(quality) is { } number
            ? PictureFormats.EncodingOf(format, number)
            : throw new BadInputException("Quality", $"{QualityName} must be {PictureQuality.Legal}, not '{NameSuggestion.Shortened(quality)}'.");
    }

    private static string Named(string file, PictureFormat format) => $"'{file}' is a {PictureFormats.Title(format)}";
}
