using System.Globalization;
using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Host.Parameters;
using RegionWebUI.Imaging;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;

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

    /// <summary>A form with the defaults of a request at the model's own size.</summary>
    internal GenerationForm(int nativeSize, GenerationParameters parameters)
    {
        _own = parameters.All.ToDictionary(p => FieldIds.Of(p.Field));
        _sampler = _own[FieldIds.Sampler];
        _fresh = _filled = new GenerationRequest { Width = nativeSize, Height = nativeSize };
        Fill(_fresh);
        this[FieldIds.Seed] = RandomSeed;
    }

    /// <summary>The picture to start from, or null.</summary>
    internal Chosen<Image>? Init { get; private set; }

    /// <summary>Where it is edited, or null for everywhere.</summary>
    internal Chosen<Mask>? Mask { get; set; }

    /// <summary>What choosing the picture did to the size, in words; empty when nothing was chosen here.</summary>
    internal string SizeNote { get; private set; } = "";

    /// <summary>What filling the form left to say; empty when nothing is.</summary>
    internal string FillNote { get; private set; } = "";

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

    /// <summary>How many values of an extension differ from their defaults.</summary>
    internal int ChangedIn(ExtensionEntry extension) =>
        extension.Parameters.Count(p => this[FieldIds.Of(p.Field)] != TextOf(p, p.Default));

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

    /// <summary>Takes every value but the seed from a request, and the pictures it has.</summary>
    internal void Fill(GenerationRequest request)
    {
        _filled = request;
        foreach (var (id, parameter) in _own.Concat(_extensions))
        {
            if (id != FieldIds.Seed && parameter.Get(request) is { } value)
            {
                this[id] = TextOf(parameter, value);
            }
        }

        Init = request.Init is { } picture ? Chosen.Picture("Picture of the last run", picture) : null;
        Mask = request.Mask is { } mask ? Chosen.Painted("Mask of the last run", mask) : null;
        SizeNote = FillNote = "";
    }

    /// <summary>
    /// Takes everything that a picture's infotext says, its seed too; what it does not say is as in a fresh form. The picture to start from
    /// stays when the infotext tells of one, since it holds only its strength.
    /// </summary>
    /// <returns>Whether the infotext says anything.</returns>
    internal bool Fill(string infotext)
    {
        var document = InfotextReader.Read(infotext);
        if (document.Fields.Count == 0)
        {
            return false;
        }

        ClearErrors();
        var import = InfotextImport.Apply(_fresh, document, [.. _own.Values, .. _extensions.Values], _validator);
        var fromPicture = document.Find(_own[FieldIds.Strength].InfotextKey!) is not null;
        var (picture, mask) = fromPicture ? (Init, Mask) : (null, null);
        Fill(import.Request);
        (Init, Mask) = (picture, mask);
        if (document.Find(_own[FieldIds.Seed].InfotextKey ?? "Seed") is not null)
        {
            this[FieldIds.Seed] = TextOf(_own[FieldIds.Seed], import.Request.Seed);
        }

        var left = import.NotTaken.Count == 0 ? "" : $" Nothing here takes {string.Join(", ", import.NotTaken)}.";
        FillNote = $"The settings of the picture are in the form.{left}"
            + (fromPicture && Init is null ? " It was made from another picture: choose that one under Start from a picture." : "");
        return true;
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
        var request = new GenerationRequest { Init = Init?.Value, Mask = Init is null ? null : Mask?.Value };
        foreach (var (id, parameter) in _own.Concat(_extensions))
        {
            // Without a picture to start from the strength is not asked for.
            if (id == FieldIds.Strength && Init is null)
            {
                continue;
            }

            request = id == FieldIds.Seed && this[id].Trim() is "" or RandomSeed
                ? request with { Seed = drawSeed() }
                : Read(request, id, parameter);
        }

        return HasErrors ? null : request;
    }

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
        var text = parameter.Kind == ParameterKind.Text ? this[id] : this[id].Trim();
        try
        {
            // A comma is what many keyboards have as their decimal point.
            return parameter.Parse(request, parameter.Kind == ParameterKind.Real ? text.Replace(',', '.') : text);
        }
        catch (BadInputException error)
        {
            _errors[id] = error.Message;
            return request;
        }
    }
}
