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

namespace RegionWebUI.Components.TextToImage;

/// <summary>
/// The form as typed, read by the same table of parameters as the command line and by those that extensions declare. Ranges are judged when
/// the request is queued.
/// </summary>
internal sealed class GenerationForm
{
    /// <summary>The seed that stands for "draw one", as people know it.</summary>
    internal const string RandomSeed = "-1";

    /// <summary>The text of a flag that is set.</summary>
    internal const string Ticked = "true";

    /// <summary>The text of a flag that is not set.</summary>
    internal const string Cleared = "false";

    private readonly Dictionary<string, string> _texts = [];
    private readonly Dictionary<string, string> _errors = [];
    private readonly Dictionary<string, GenerationParameter> _own;
    private Dictionary<string, GenerationParameter> _extensions = [];
    private readonly GenerationParameter _sampler;
    private readonly GenerationRequest _fresh;
    private RequestValidator _validator = RequestValidator.Standard;
    private GenerationRequest _filled;
    private Content? _before;

    /// <summary>A form with the defaults of a request at the model's own size.</summary>
    internal GenerationForm(int nativeSize, GenerationParameters parameters)
    {
        _own = parameters.All.ToDictionary(p => FieldIds.Of(p.Field));
        _sampler = _own[FieldIds.Sampler];
        _fresh = _filled = new GenerationRequest { Width = nativeSize, Height = nativeSize };
        Fill(_fresh);
        this[FieldIds.Seed] = this[FieldIds.VariationSeed] = RandomSeed;
    }

    /// <summary>The picture to start from, or null.</summary>
    internal Chosen<Image>? Init { get; private set; }

    /// <summary>Where it is edited, or null for everywhere.</summary>
    internal Chosen<Mask>? Mask { get; set; }

    /// <summary>What choosing the picture did to the size, in words; empty when nothing was chosen here.</summary>
    internal string SizeNote { get; private set; } = "";

    /// <summary>What filling the form left to say; empty when nothing is.</summary>
    internal string FillNote { get; private set; } = "";

    /// <summary>Whether <see cref="UndoFill"/> has anything to put back.</summary>
    internal bool CanUndo => _before is not null;

    /// <summary>The styles that are chosen, in the order in which they go into the prompts.</summary>
    internal IReadOnlyList<PromptStyle> Styles { get; private set; } = [];

    /// <summary>The extensions that are on and can be set, in running order.</summary>
    internal IReadOnlyList<ExtensionEntry> Groups { get; private set; } = [];

    /// <summary>Whether anything was refused.</summary>
    internal bool HasErrors => _errors.Count > 0;

    /// <summary>The text of a control.</summary>
    internal string this[string id]
    {
        get => _texts.GetValueOrDefault(id, "");
        set => _texts[id] = value;
    }

    /// <summary>What may be typed into a control.</summary>
    internal GenerationParameter ParameterOf(string id) => _own.TryGetValue(id, out var own) ? own : _extensions[id];

    /// <summary>The sentence at a control, or null.</summary>
    internal string? ErrorAt(string id) => _errors.GetValueOrDefault(id);

    /// <summary>How many values differ from those of a fresh form.</summary>
    internal int ChangedIn(IEnumerable<GenerationParameter> parameters) => parameters.Count(p => this[FieldIds.Of(p.Field)] != FreshText(p));

    /// <summary>Whether any of the values was refused.</summary>
    internal bool IsRefused(IEnumerable<GenerationParameter> parameters) => parameters.Any(p => ErrorAt(FieldIds.Of(p.Field)) is not null);

    /// <summary>Sets the values to those of a fresh form.</summary>
    internal void Reset(IEnumerable<GenerationParameter> parameters)
    {
        foreach (var parameter in parameters)
        {
            var id = FieldIds.Of(parameter.Field);
            this[id] = FreshText(parameter);
            ClearError(id);
        }
    }

    /// <summary>The parameters of a group that have a say in the run as the form stands, in the table's order.</summary>
    internal IReadOnlyList<GenerationParameter> Used(ParameterGroup group)
    {
        var asked = new GenerationRequest { Sampler = this[FieldIds.Sampler], Schedule = this[FieldIds.Schedule] };
        return [.. _own.Values.Where(p => p.Group == group && p.IsUsed(asked))];
    }

    /// <summary>What is to be read of a prompt. Of the fields beside it, what is no legal text counts as left alone.</summary>
    internal PromptQuestion Question(string id)
    {
        var asked = _own.Where(own => own.Value.Group == ParameterGroup.Text || own.Key == FieldIds.Steps)
            .Aggregate(new GenerationRequest(), (request, own) => TryRead(request, own.Key, own.Value).Request);
        return new PromptQuestion(
            this[id], Styled(id), id == FieldIds.Negative, ModelCalls.Of(Math.Max(1, asked.Steps), this[FieldIds.Sampler]), asked.TextSettings);
    }

    /// <summary>Chooses a style or no longer does.</summary>
    internal void Choose(PromptStyle style, bool on)
    {
        var others = Styles.Where(s => s.Name != style.Name);
        Styles = on ? [.. others, style] : [.. others];
    }

    /// <summary>Takes the texts of the chosen styles as they are now; one that is gone is no longer chosen.</summary>
    internal void Follow(IStyleShelf shelf) => Styles = [.. Styles.Select(s => shelf.Find(s.Name)).OfType<PromptStyle>()];

    /// <summary>Takes the extensions as they are now. Values typed for one that goes off are there again when it comes back.</summary>
    internal void Follow(IReadOnlyList<ExtensionEntry> entries)
    {
        Groups = [.. entries.Where(e => e is { State: ExtensionState.On, Parameters.Count: > 0 })];
        _own[FieldIds.Sampler] = _sampler with { Choices = [.. _sampler.Choices, .. entries.SelectMany(e => e.Samplers).Select(s => s.Name)] };
        _validator = RequestValidator.Standard.With(entries);
        _extensions = Groups.SelectMany(e => e.Parameters).ToDictionary(p => FieldIds.Of(p.Field));
        foreach (var (id, parameter) in _extensions)
        {
            _texts.TryAdd(id, TextOf(parameter, parameter.Get(_filled)));
        }
    }

    /// <summary>Takes every value but the seeds from a request, and the pictures it has.</summary>
    internal void Fill(GenerationRequest request)
    {
        _filled = request;
        foreach (var (id, parameter) in _own.Concat(_extensions))
        {
            var value = parameter.Get(request);
            if (id is not (FieldIds.Seed or FieldIds.VariationSeed) && (value is not null || parameter.Clear is not null))
            {
                this[id] = TextOf(parameter, value);
            }
        }

        Init = request.Init is { } picture ? Chosen.Picture("Picture of the last run", picture) : null;
        Mask = request.Mask is { } mask ? Chosen.Painted("Mask of the last run", mask) : null;
        SizeNote = FillNote = "";
        _before = null;
    }

    /// <summary>
    /// Takes everything that a picture's infotext says, its seed too; what it does not say is as in a fresh form. The picture to start from
    /// stays when the infotext tells of one, since it holds only its strength. <see cref="UndoFill"/> takes it back.
    /// </summary>
    /// <param name="infotext">The text; anything is looked at.</param>
    /// <param name="source">Where it is from, for the note.</param>
    /// <param name="known">The styles there are: those found in the prompts are chosen in place of their words.</param>
    /// <returns>Whether the infotext says anything.</returns>
    internal bool Fill(string infotext, string source = "picture", IReadOnlyList<PromptStyle>? known = null)
    {
        var document = InfotextReader.Read(infotext);
        if (document.Fields.Count == 0)
        {
            return false;
        }

        ClearErrors();
        var before = new Content(new(_texts), Init, Mask, SizeNote, Styles);
        InfotextImport import;
        try
        {
            import = InfotextImport.Apply(_fresh, document, [.. _own.Values, .. _extensions.Values], _validator, known);
        }
        catch (BadInputException refused)
        {
            FillNote = refused.Message;
            return true;
        }

        var fromPicture = document.Find(_own[FieldIds.Strength].InfotextKey!) is not null;
        var (picture, mask) = fromPicture ? (Init, Mask) : (null, null);
        Fill(import.Request);
        (Init, Mask) = (picture, mask);
        foreach (var seed in (string[])[FieldIds.Seed, FieldIds.VariationSeed])
        {
            var told = document.Find(_own[seed].InfotextKey!) is not null;
            this[seed] = told ? TextOf(_own[seed], _own[seed].Get(import.Request)) : seed == FieldIds.Seed ? this[seed] : RandomSeed;
        }

        var left = import.NotTaken.Count == 0 ? "" : $" Nothing here takes {string.Join(", ", import.NotTaken)}.";
        _before = before;

        Styles = [.. import.Styles.Select(name => known?.FirstOrDefault(style => style.Name == name)).OfType<PromptStyle>()];
        FillNote = $"The settings of the {source} are in the form.{left}"
            + (fromPicture && Init is null ? " It was made from another picture: choose that one under Start from a picture." : "");
        return true;
    }

    /// <summary>Puts everything back as it was before the form was filled from an infotext.</summary>
    internal void UndoFill()
    {
        if (_before is { } before)
        {
            ClearErrors();
            foreach (var (id, text) in before.Texts)
            {
                this[id] = text;
            }

            (Init, Mask, SizeNote, Styles, FillNote, _before) = (before.Init, before.Mask, before.SizeNote, before.Styles, "", null);
        }
    }

    /// <summary>Starts from a picture, at its size as far as that is legal. A mask that was painted for another picture goes.</summary>
    internal void StartFrom(Chosen<Image> picture)
    {
        var goes = Mask is null ? "" : " The mask of the picture before was taken away.";
        (Init, Mask) = (picture, null);
        ClearError(FieldIds.Mask);
        var (width, height) = PictureSize.For(picture.Value);
        (this[FieldIds.Width], this[FieldIds.Height]) = (Text(width), Text(height));
        SizeNote = $"Width and height are now {width} × {height}"
            + ((width, height) == (picture.Width, picture.Height) ? ", as the picture." : ", the nearest that can be made.")
            + goes;
    }

    /// <summary>Starts from noise again.</summary>
    internal void StartFromNoise()
    {
        (Init, Mask, SizeNote) = (null, null, "");
        _errors.Remove(FieldIds.Init);
        _errors.Remove(FieldIds.Mask);
        _errors.Remove(FieldIds.Strength);
    }

    /// <summary>Exchanges width and height.</summary>
    internal void SwapSides() =>
        (this[FieldIds.Width], this[FieldIds.Height]) = (this[FieldIds.Height], this[FieldIds.Width]);

    /// <summary>Forgets earlier refusals.</summary>
    internal void ClearErrors() => _errors.Clear();

    /// <summary>Forgets the refusal at one control.</summary>
    internal void ClearError(string id) => _errors.Remove(id);

    /// <summary>Puts one sentence at the control of a parameter, or at the form when the control is not there.</summary>
    internal void Refuse(string? parameter, string sentence)
    {
        var id = FieldIds.Of(parameter);
        _errors[FieldIds.IsExtension(id) && !_extensions.ContainsKey(id) ? FieldIds.Form : id] = sentence;
    }

    /// <summary>The request, or null when something is no number; then <see cref="ErrorAt"/> says what.</summary>
    internal GenerationRequest? Read(SeedSource drawSeed)
    {
        ClearErrors();
        FillNote = "";
        _before = null;
        var request = new GenerationRequest { Init = Init?.Value, Mask = Init is null ? null : Mask?.Value };

        // Whether a variation seed is drawn at all is known once the rest is.
        foreach (var (id, parameter) in _own.Concat(_extensions).OrderBy(p => p.Key == FieldIds.VariationSeed))
        {
            if (IsAsked(request, id, parameter))
            {
                request = id is FieldIds.Seed or FieldIds.VariationSeed && this[id].Trim() is "" or RandomSeed
                    ? parameter.Set(request, drawSeed())
                    : Read(request, id, parameter);
            }
        }

        return HasErrors ? null : Styled(request);
    }

    private GenerationRequest? Styled(GenerationRequest request)
    {
        try
        {
            return StyleText.Apply(request, Styles);
        }
        catch (BadInputException error)
        {
            Refuse(error.Field, error.Message);
            return null;
        }
    }

    private string Styled(string id)
    {
        try
        {
            return StyleText.Apply(this[id], Styles.Select(s => id == FieldIds.Negative ? s.NegativePrompt : s.Prompt));
        }
        catch (BadInputException)
        {
            // Too long together: the run says so, and what was typed is counted alone.
            return this[id];
        }
    }

    // What has no say in the run stays in the form and out of the request.
    private static bool IsAsked(GenerationRequest request, string id, GenerationParameter parameter) => id switch
    {
        FieldIds.Strength or FieldIds.ExactSteps => request.Init is not null,
        FieldIds.VariationSeed => request.NoiseSettings.VariationStrength > 0,
        _ => parameter.IsUsed(request),
    };

    private static string FreshText(GenerationParameter parameter) =>
        parameter.Field is nameof(GenerationRequest.Seed) or nameof(NoiseSettings.VariationSeed) ? RandomSeed : TextOf(parameter, parameter.Default);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string TextOf(GenerationParameter parameter, object? value) => value switch
    {
        bool flag => flag ? Ticked : Cleared,
        string name when parameter.Kind == ParameterKind.Choice =>
            parameter.Choices.FirstOrDefault(c => string.Equals(c, name, StringComparison.OrdinalIgnoreCase)) ?? name,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private GenerationRequest Read(GenerationRequest request, string id, GenerationParameter parameter)
    {
        var (read, problem) = TryRead(request, id, parameter);
        if (problem is not null)
        {
            _errors[id] = problem;
        }

        return read;
    }

    private (GenerationRequest Request, string? Problem) TryRead(GenerationRequest request, string id, GenerationParameter parameter)
    {
        var text = parameter.Kind == ParameterKind.Text ? this[id] : this[id].Trim();
        try
        {
            // A comma is what many keyboards have as their decimal point.
            return (parameter.Parse(request, parameter.Kind == ParameterKind.Real ? text.Replace(',', '.') : text), null);
        }
        catch (BadInputException error)
        {
            return (request, error.Message);
        }
    }

    private sealed record Content(
        Dictionary<string, string> Texts, Chosen<Image>? Init, Chosen<Mask>? Mask, string SizeNote, IReadOnlyList<PromptStyle> Styles);
}
