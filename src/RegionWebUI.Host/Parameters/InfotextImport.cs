using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;

namespace RegionWebUI.Host.Parameters;

/// <summary>A request with what an infotext says, as A1111 v1.10.1 fills its form when one is pasted.</summary>
/// <param name="Request">The request; values that could not be taken are as they were.</param>
/// <param name="NotTaken">
/// What could not be taken, with its value (<c>Hires upscale (2)</c>), in the order of the infotext: nothing here has such a parameter, or
/// its value is not legal for it. Keys that only describe (model, version, extensions that ran), and values that change nothing, are not
/// among them. What the version that wrote the infotext did in another way, and nothing here can, follows.
/// </param>
/// <param name="Styles">Names of the styles that were taken out of the prompts, to be selected, in the order in which they were applied.</param>
public sealed record InfotextImport(GenerationRequest Request, IReadOnlyList<string> NotTaken, IReadOnlyList<string> Styles)
{
    /// <summary>Takes prompts, parameters and the values of extensions' parameters from an infotext.</summary>
    /// <param name="request">What holds where the infotext is silent; values of extensions that it names are replaced.</param>
    /// <param name="document">The infotext as read. One without a single key gives its prompts alone.</param>
    /// <param name="parameters">The parameters there are, the program's own and those of extensions that are on.</param>
    /// <param name="validator">Judges the program's own values; null for this engine's.</param>
    /// <param name="styles">The styles to look for in the prompts; null for none.</param>
    /// <exception cref="BadInputException">
    /// The infotext says nothing that can be meant, which A1111 refuses too: a weight in a prompt is no number (<c>(x:1..2)</c>), or the sizes
    /// of a second pass are none.
    /// </exception>
    public static InfotextImport Apply(
        GenerationRequest request,
        InfotextDocument document,
        IReadOnlyList<GenerationParameter> parameters,
        RequestValidator? validator = null,
        IReadOnlyList<PromptStyle>? styles = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(parameters);
        var pasted = Paste(document, new InfotextPasteOptions { Styles = styles ?? [] });
        request = request with
        {
            Prompt = pasted.Values[InfotextKeys.Prompt].ToString(),
            NegativePrompt = pasted.Values[InfotextKeys.NegativePrompt].ToString(),
        };
        var taker = new InfotextTaker(document, pasted, new ParameterSetter(parameters, validator ?? RequestValidator.Standard));
        return new InfotextImport(document.Fields.Count > 0 ? taker.Take(request) : request, taker.NotTaken, pasted.Styles ?? []);
    }

    private static PastedInfotext Paste(InfotextDocument document, InfotextPasteOptions options)
    {
        try
        {
            return InfotextPaste.Paste(document, options);
        }
        catch (FormatException refused)
        {
            throw new BadInputException(nameof(GenerationRequest.Prompt), refused.Message);
        }
    }
}
