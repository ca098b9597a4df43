using System.Globalization;
using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;

namespace RegionWebUI.Host.Parameters;

/// <summary>One parameter of <see cref="GenerationRequest"/>, declared once for the command line and the page.</summary>
public sealed record GenerationParameter
{
    /// <summary>
    /// Property name of <see cref="GenerationRequest"/>, or <c>ext/id/name</c> for an extension's; also the field of a
    /// <see cref="RequestProblem"/>.
    /// </summary>
    public required string Field { get; init; }

    /// <summary>Name as people read it.</summary>
    public required string Label { get; init; }

    /// <summary>What the value is.</summary>
    public required ParameterKind Kind { get; init; }

    /// <summary>Command-line option, with its dashes; for an extension's <c>id.name</c>, given to <c>--ext</c>.</summary>
    public required string Option { get; init; }

    /// <summary>One sentence of help.</summary>
    public required string Help { get; init; }

    /// <summary>Where people look for it.</summary>
    public ParameterGroup Group { get; init; }

    /// <summary>Gives a request that leaves the value open, for an empty text; null where it cannot be left open.</summary>
    public Func<GenerationRequest, GenerationRequest>? Clear { get; init; }

    /// <summary>Reads the value from a request; null when it is left to the model.</summary>
    public required Func<GenerationRequest, object?> Get { get; init; }

    /// <summary>Gives a request with the value set: a string, a long, a double or a bool by <see cref="Kind"/>.</summary>
    public required Func<GenerationRequest, object, GenerationRequest> Set { get; init; }

    /// <summary>Smallest legal number; 0 for text and names.</summary>
    public double Minimum { get; init; }

    /// <summary>Largest legal number; for text the most characters.</summary>
    public double Maximum { get; init; }

    /// <summary>Distance of legal numbers, or of the control's stops for a real number.</summary>
    public double Step { get; init; } = 1;

    /// <summary>Key in the infotext; null when it stands there in another form (prompts, size).</summary>
    public string? InfotextKey { get; init; }

    /// <summary>Further keys under which an infotext may name the value.</summary>
    public IReadOnlyList<string> OtherInfotextKeys { get; init; } = [];

    /// <summary>Whether the value can change what a request makes: false where its sampler and schedule do not read it.</summary>
    public Func<GenerationRequest, bool> IsUsed { get; init; } = _ => true;

    /// <summary>Lines of a text's control.</summary>
    public int Lines { get; init; } = 1;

    /// <summary>Legal names of a choice.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The value a fresh request has; null when it is left to the model.</summary>
    public object? Default => Get(new GenerationRequest());

    /// <summary>Sets the value from text. Ranges and names are judged by <see cref="RequestValidator"/> afterwards.</summary>
    /// <exception cref="BadInputException">The text is not a number; the sentence names it and the legal range.</exception>
    public GenerationRequest Parse(GenerationRequest request, string text)
    {
        if (text is "" && Clear is { } clear)
        {
            return clear(request);
        }

        switch (Kind)
        {
            case ParameterKind.Whole
                when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                    && Math.Abs((decimal)whole) <= Reach:
                return Set(request, whole);
            case ParameterKind.Real when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real):
                return Set(request, real);
            case ParameterKind.Whole or ParameterKind.Real:
                var kind = Kind == ParameterKind.Real ? "a number" : Step == 1 ? "a whole number" : $"a multiple of {Step}";
                var shown = NameSuggestion.Shortened(text);
                throw new BadInputException(Field, string.Create(
                    CultureInfo.InvariantCulture, $"{Named} must be {kind} from {Minimum} to {Maximum}, not '{shown}'."));
            case ParameterKind.Flag:
                return Set(request, bool.TryParse(text, out var flag)
                    ? flag
                    : throw new BadInputException(Field, $"{Named} must be true or false, not '{NameSuggestion.Shortened(text)}'."));
            default:
                return Set(request, text);
        }
    }

    // Two extensions may both call a parameter "Strength".
    private string Named => Field.StartsWith(InfotextKeys.ExtensionPrefix, StringComparison.Ordinal) ? $"{Label} ({Option})" : Label;

    // Properties hold int where the range is one; numbers far outside are refused before they are narrowed.
    private decimal Reach => Maximum > int.MaxValue ? long.MaxValue : int.MaxValue;
}
