using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Host.Parameters;

/// <summary>Takes one infotext's values into a request, key by key.</summary>
internal sealed class InfotextTaker
{
    private const string OwnVersion = "RegionWebUI";
    private const string Eta = "Eta";
    private const string EtaOfTimesteps = "Eta DDIM";
    private const string DropLastCall = "Drop last call";
    private const string SeedResize = "Seed resize from";

    // A1111 writes the one and reads the other.
    private static readonly Dictionary<string, string> _otherKeys = new(StringComparer.Ordinal)
    {
        ["Beta scheduler alpha"] = "Beta schedule alpha",
        ["Beta scheduler beta"] = "Beta schedule beta",
    };

    // These take A1111's option "Eta DDIM", all others "Eta".
    private static readonly string[] _timestepSamplers = ["DDIM", "DDIM CFG++", "PLMS", "UniPC"];

    // Those of them that end one model call early in A1111.
    private static readonly string[] _endEarly = ["DDIM", "PLMS"];

    private static readonly HashSet<string> _descriptions = new(StringComparer.Ordinal)
    {
        InfotextKeys.Model, InfotextKeys.ModelHash, InfotextKeys.Version, InfotextKeys.User, "Extensions", "Extension errors",

        // Both prompts have the same number of chunks here in any case.
        "Pad conds",
    };

    // What A1111 fills in where an infotext says nothing; a value that is written out changes nothing then.
    private static readonly IReadOnlyDictionary<string, InfotextValue> _neutral = InfotextPaste.Paste(new InfotextDocument()).Values;

    private readonly OrderedDictionary<string, string> _fields = new(StringComparer.Ordinal);
    private readonly PastedInfotext _pasted;
    private readonly ParameterSetter _setter;
    private readonly List<string> _notTaken = [];

    /// <summary>Prepares to take an infotext.</summary>
    /// <param name="document">The infotext as read, with at least one key.</param>
    /// <param name="pasted">What A1111 makes of it.</param>
    /// <param name="setter">Sets the parameters.</param>
    public InfotextTaker(InfotextDocument document, PastedInfotext pasted, ParameterSetter setter)
    {
        _pasted = pasted;
        _setter = setter;
        foreach (var (key, value) in document.Fields)
        {
            // Of a key that comes more than once the last value counts, as in A1111.
            _fields[key] = value;
        }
    }

    private bool IsOwn => Find(InfotextKeys.Version)?.StartsWith(OwnVersion, StringComparison.Ordinal) ?? false;

    /// <summary>What could not be taken, with its value, in the order of the infotext.</summary>
    public IReadOnlyList<string> NotTaken => _notTaken;

    /// <summary>The request with all that can be taken.</summary>
    /// <param name="request">The request with the prompts.</param>
    public GenerationRequest Take(GenerationRequest request)
    {
        // It decides what others mean.
        var isKnown = false;
        if (Find(InfotextKeys.Sampler) is { } written)
        {
            var sampled = Sampler(request, written);
            isKnown = sampled is not null;
            request = sampled ?? StandIn(request, written);
        }

        foreach (var (key, value) in _fields)
        {
            if (key == InfotextKeys.Sampler)
            {
                if (!isKnown)
                {
                    Leave(key, value, $"; {request.Sampler} stands in");
                }
            }
            else if (Take(request, key, value) is { } next)
            {
                request = next;
            }
            else
            {
                Leave(key, value);
            }
        }

        return TakeAdded(request);
    }

    private GenerationRequest? Take(GenerationRequest request, string key, string value) => key switch
    {
        InfotextKeys.Size => Pair(request, key, nameof(GenerationRequest.Width), nameof(GenerationRequest.Height)),
        SeedResize => Pair(request, key, nameof(NoiseSettings.ResizeWidth), nameof(NoiseSettings.ResizeHeight)),
        InfotextKeys.ScheduleType => Schedule(request, value),
        InfotextKeys.Rng when value == "GPU" => _setter.Key(request, key, "NV"),
        Eta when IsOfTimesteps(request) && Find(EtaOfTimesteps) is not null => null,
        EtaOfTimesteps => IsOfTimesteps(request) ? _setter.Key(request, Eta, value) : null,
        "Sigma tmax" when value == "inf" => _setter.Key(request, key, "0"),
        _ => _setter.Key(request, _otherKeys.GetValueOrDefault(key, key), value),
    };

    // What the text does not say: A1111's defaults, and how the version that wrote it worked.
    private GenerationRequest TakeAdded(GenerationRequest request)
    {
        var hasSampler = Find(InfotextKeys.Sampler) is not null;
        if (!IsOwn && hasSampler && _endEarly.Contains(request.Sampler) && Find(DropLastCall) is null)
        {
            request = _setter.Key(request, DropLastCall, "true") ?? request;
        }

        if (Find(InfotextKeys.Size) is null)
        {
            // A first pass has a size of its own.
            request = Take(request, InfotextKeys.Size, "") ?? request;
        }

        foreach (var (key, value) in _pasted.Values.Where(v => Find(v.Key) is null && IsWhole(v.Key)))
        {
            if ((key == InfotextKeys.ScheduleType && hasSampler) || (key == InfotextKeys.Rng && IsOwn))
            {
                continue;
            }

            if (Take(request, key, value.ToString()) is { } next)
            {
                request = next;
            }
            else
            {
                Leave(key, value.ToString());
            }
        }

        return request;
    }

    private void Leave(string key, string value, string note = "")
    {
        // A1111 leaves a second pass's prompt out that is the first one's.
        var isNeutral = IsWhole(key) && _neutral.TryGetValue(key, out var neutral)
            && _pasted.Values.TryGetValue(key, out var filled) && filled.ToString() == neutral.ToString();
        if (!isNeutral && !_descriptions.Contains(key))
        {
            _notTaken.Add($"{key} ({NameSuggestion.Shortened(value)}{note})");
        }
    }

    // Neither half a size nor a prompt.
    private static bool IsWhole(string key) =>
        !key.EndsWith("-1", StringComparison.Ordinal) && !key.EndsWith("-2", StringComparison.Ordinal)
        && key is not (InfotextKeys.Prompt or InfotextKeys.NegativePrompt);

    private GenerationRequest? Pair(GenerationRequest request, string key, string first, string second) =>
        _pasted.Values.TryGetValue(key + "-1", out var one) && _pasted.Values.TryGetValue(key + "-2", out var two)
        && _setter.Field(request, first, one.ToString()) is { } half
            ? _setter.Field(half, second, two.ToString())
            : null;

    private GenerationRequest? Sampler(GenerationRequest request, string value)
    {
        var schedule = Find(InfotextKeys.ScheduleType);

        // A sampler of an extension is known to the setter alone.
        foreach (var name in (SamplerName?[])[SamplerName.Find(value, schedule), SamplerName.Apart(value, schedule)])
        {
            if (name is not null && _setter.Key(request, InfotextKeys.Sampler, name.Sampler) is { } sampled)
            {
                return _setter.Key(sampled, InfotextKeys.ScheduleType, name.Schedule);
            }
        }

        return null;
    }

    private GenerationRequest StandIn(GenerationRequest request, string value)
    {
        var name = SamplerName.AsA1111(value, Find(InfotextKeys.ScheduleType));
        return _setter.Key(request, InfotextKeys.Sampler, name.Sampler) is { } sampled
            ? _setter.Key(sampled, InfotextKeys.ScheduleType, name.Schedule) ?? sampled
            : request;
    }

    private GenerationRequest? Schedule(GenerationRequest request, string value)
    {
        if (SamplerName.FindSchedule(value) is not { } schedule)
        {
            return null;
        }

        // Where a sampler is named, it was read together with the schedule.
        var sampler = Find(InfotextKeys.Sampler) is null ? SamplerName.Find(request.Sampler, schedule) : null;
        return sampler is null && Find(InfotextKeys.Sampler) is not null
            ? request
            : _setter.Key(request, InfotextKeys.ScheduleType, sampler?.Schedule ?? schedule);
    }

    private string? Find(string key) => _fields.GetValueOrDefault(key);

    private static bool IsOfTimesteps(GenerationRequest request) => _timestepSamplers.Contains(request.Sampler);
}
