using System.CommandLine;
using System.Globalization;
using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Host.Parameters;
using RegionWebUI.Host.Styles;
using RegionWebUI.Imaging;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Commands;

/// <summary>The options of <c>generate</c> that make up the request. What is typed holds before what <c>--from</c> says.</summary>
internal sealed class RequestOptions
{
    private const string FromName = "--from";
    private const string InitName = "--init";
    private const string MaskName = "--mask";
    private const string ImageField = nameof(GenerationRequest.Init);

    private readonly ProgramParts _parts;
    private readonly List<(GenerationParameter Parameter, Option<string> Option)> _parameters;
    private readonly Option<string> _init = File(InitName, "Picture to start from (PNG, JPEG or WebP); it gives the size where none is said.");
    private readonly Option<string> _mask = File(MaskName, "Where the picture to start from is edited: white edits, black keeps.");
    private readonly Option<string> _from = File(FromName, "Picture whose prompt and parameters are taken; other options override them.");
    private readonly Option<string[]> _ext = new(ExtensionValues.Option)
    {
        Description = "Value of an extension's parameter ('extension show ID' lists them); may be given several times.",
        HelpName = "ID.NAME=VALUE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _styles = new("--style")
    {
        Description = "Style to put into the prompts ('styles list' shows them); may be given several times.",
        HelpName = "NAME",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Makes the options.</summary>
    public RequestOptions(ProgramParts parts)
    {
        _parts = parts;
        _parameters = [.. new GenerationParameters(parts.Validator).All.Select(p => (p, OptionOf(p)))];
    }

    /// <summary>The options, in the order of the help.</summary>
    public IEnumerable<Option> All => [.. _parameters.Select(p => p.Option), _init, _mask, _from, _styles, _ext];

    /// <summary>The request that was asked for; the values of extensions are checked, its own are not.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="catalog">The extensions there are.</param>
    /// <param name="shelf">Opens the styles there are; not called where none is asked for.</param>
    /// <exception cref="BadInputException">An option is missing, stands alone, or its text is no value of its kind.</exception>
    /// <exception cref="PictureFileException">A picture cannot be read.</exception>
    public ReadRequest Read(ParseResult parsed, IExtensionCatalog catalog, Func<IStyleShelf> shelf)
    {
        var start = new GenerationRequest();
        var source = default(ReadRequest.Origin);
        var typed = parsed.GetValue(_styles)!;
        var styles = typed.Length > 0 ? shelf() : NoStyles.Instance;
        var selected = StyleSelection.Of(styles, typed);
        if (parsed.GetValue(_from) is { } from)
        {
            var document = InfotextReader.Read(PictureInput.ReadInfotext(from, FromName));
            var parameters = _parameters.Select(p => p.Parameter).Concat(catalog.Entries.SelectMany(e => e.Parameters));
            var import = InfotextImport.Apply(
                start, document, [.. parameters], _parts.Validator.With(catalog.Entries), styles.Styles);
            start = import.Request;

            // Those that the source has are taken out of its prompts first, so that none is put in twice.
            selected = StyleSelection.Of(styles, [.. import.Styles, .. typed]);
            source = new ReadRequest.Origin(from, document, import.NotTaken);
        }

        var request = ExtensionValues.Apply(WithTyped(parsed, start, source), parsed.GetValue(_ext)!, catalog.Entries);
        catalog.ThrowIfInvalid(request);
        request = StyleText.Apply(request, selected);
        return new ReadRequest(WithPictures(parsed, request), source, Inputs(parsed));
    }

    private GenerationRequest WithTyped(ParseResult parsed, GenerationRequest request, ReadRequest.Origin? source)
    {
        foreach (var (parameter, option) in _parameters)
        {
            if (parsed.GetValue(option) is { } text)
            {
                request = parameter.Parse(request, text);
            }
            else if (parameter.Field == nameof(GenerationRequest.Prompt) && source is null)
            {
                throw new BadInputException(parameter.Field, $"Option '{parameter.Option}' is required where {FromName} does not give a prompt.");
            }
            else if (parameter.Field == nameof(GenerationRequest.Seed) && source?.Document.Find(InfotextKeys.Seed) is null)
            {
                request = parameter.Set(request, _parts.DrawSeed());
            }
        }

        return WithVariation(parsed, request, source);
    }

    // Drawn only where some of its noise is mixed in, so that other runs draw what they always drew.
    private GenerationRequest WithVariation(ParseResult parsed, GenerationRequest request, ReadRequest.Origin? source)
    {
        var (parameter, typed) = _parameters.Single(p => p.Parameter.Field == nameof(NoiseSettings.VariationSeed));
        var isTold = parsed.GetValue(typed) is not null || source?.Document.Find(InfotextKeys.VariationSeed) is not null;
        return isTold || request.NoiseSettings.VariationStrength == 0 ? request : parameter.Set(request, _parts.DrawSeed());
    }

    private GenerationRequest WithPictures(ParseResult parsed, GenerationRequest request)
    {
        var (init, mask) = (parsed.GetValue(_init), parsed.GetValue(_mask));
        if (init is null)
        {
            var (parameter, strength) = _parameters.Single(p => p.Parameter.Field == nameof(GenerationRequest.Strength));
            return parsed.GetValue(strength) is not null ? throw NeedsInit(parameter.Option)
                : mask is not null ? throw NeedsInit(MaskName)
                : request;
        }

        var picture = PictureInput.Read(init, InitName);
        return request with
        {
            Init = picture,
            Mask = mask is null ? null : Mask.FromImage(PictureInput.Read(mask, MaskName)),
            Width = request.Width ?? NearestSide(picture.Width),
            Height = request.Height ?? NearestSide(picture.Height),
        };
    }

    private static BadInputException NeedsInit(string option) =>
        new(ImageField, $"{option} needs a picture to start from; name one with {InitName}.");

    private string[] Inputs(ParseResult parsed) =>
        [.. new[] { _init, _mask, _from }.Select(parsed.GetValue).OfType<string>().Select(Path.GetFullPath)];

    private static int NearestSide(int pixels) => Math.Clamp(
        (pixels + (RequestLimits.SideStep / 2)) / RequestLimits.SideStep * RequestLimits.SideStep, RequestLimits.MinSide, RequestLimits.MaxSide);

    private static Option<string> File(string name, string help) => new(name) { Description = help, HelpName = "FILE" };

    private static Option<string> OptionOf(GenerationParameter parameter) => new(parameter.Option)
    {
        Description = parameter.Help + (parameter.Default is null or "" || parameter.Field == nameof(GenerationRequest.Seed)
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" [{parameter.Default}]")),
        HelpName = parameter.Field.ToUpperInvariant(),
    };
}
