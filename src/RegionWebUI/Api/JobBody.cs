using System.Text.Json;
using System.Text.Json.Serialization;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Host.Parameters;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.Sdk;

namespace RegionWebUI.Api;

/// <summary>Body of POST /api/v1/jobs. What is left out takes the default of <see cref="GenerationRequest"/>.</summary>
internal sealed record JobBody
{
    private static readonly GenerationRequest _defaults = new();

    /// <summary>What to draw.</summary>
    public string Prompt { get; init; } = _defaults.Prompt;

    /// <summary>What to avoid.</summary>
    public string NegativePrompt { get; init; } = _defaults.NegativePrompt;

    /// <summary>Width in pixels; null takes the model's own size.</summary>
    public int? Width { get; init; }

    /// <summary>Height in pixels; null takes the model's own size.</summary>
    public int? Height { get; init; }

    /// <summary>Sampler steps.</summary>
    public int Steps { get; init; } = _defaults.Steps;

    /// <summary>Classifier-free guidance scale.</summary>
    public double CfgScale { get; init; } = _defaults.CfgScale;

    /// <summary>Sampler name.</summary>
    public string Sampler { get; init; } = _defaults.Sampler;

    /// <summary>Schedule name.</summary>
    public string Schedule { get; init; } = _defaults.Schedule;

    /// <summary>Seed; null or -1 draws one.</summary>
    public long? Seed { get; init; }

    /// <summary>Pictures of the run.</summary>
    public int BatchSize { get; init; } = _defaults.BatchSize;

    /// <summary>PNG, JPEG or WebP file to start from, as base64 or a data address; null starts from noise.</summary>
    [JsonConverter(typeof(PictureBytes))]
    public byte[]? Init { get; init; }

    /// <summary>File of the same kinds, white where <see cref="Init"/> is edited, as base64 or a data address; null edits everywhere.</summary>
    [JsonConverter(typeof(PictureBytes))]
    public byte[]? Mask { get; init; }

    /// <summary>How much of <see cref="Init"/> is made anew, 0..1.</summary>
    public double Strength { get; init; } = _defaults.Strength;

    /// <summary>
    /// What departs from the defaults of sampler, schedule, noise and the reading of prompts: <c>clipSkip</c>, <c>eta</c>,
    /// <c>variationStrength</c> and all others of the command line's options, to a string, a number or a flag.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement> Settings { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Values for extensions: id, then name, to a string, a number or a flag.</summary>
    public IReadOnlyDictionary<string, Dictionary<string, JsonElement>> Extensions { get; init; } =
        new Dictionary<string, Dictionary<string, JsonElement>>();

    /// <summary>The request, its seed drawn when none is named.</summary>
    /// <param name="drawSeed">Source of seeds.</param>
    /// <param name="parameters">The settings there are.</param>
    /// <param name="extensions">The extensions whose parameters can be set; names that none of them declares are left to the queue to refuse.</param>
    /// <param name="cancellation">Ends the decoding of pictures.</param>
    /// <exception cref="BadInputException">A picture cannot be read, a mask has no picture, or an extension's value is of the wrong kind.</exception>
    internal async Task<GenerationRequest> ToRequestAsync(
        SeedSource drawSeed, GenerationParameters parameters, IReadOnlyList<ExtensionEntry> extensions, CancellationToken cancellation)
    {
        if (Mask is not null && Init is null)
        {
            throw new BadInputException(nameof(Mask), "A mask needs a picture to start from; give it as init.");
        }

        var request = new GenerationRequest
        {
            Prompt = Prompt,
            NegativePrompt = NegativePrompt,
            Width = Width,
            Height = Height,
            Steps = Steps,
            CfgScale = CfgScale,
            Sampler = Sampler,
            Schedule = Schedule,
            Seed = Seed is null or -1 ? drawSeed() : Seed.Value,
            BatchSize = BatchSize,
            Init = await DecodeAsync(nameof(Init), Init, StartPictures.PictureAsync, cancellation),
            Mask = await DecodeAsync(nameof(Mask), Mask, StartPictures.MaskAsync, cancellation),
            Strength = Strength,
        };
        return ExtensionValues.Set(SettingValues.Set(request, Settings, parameters, drawSeed), Extensions, extensions);
    }

    private static async Task<T?> DecodeAsync<T>(
        string field, byte[]? file, Func<ReadOnlyMemory<byte>, CancellationToken, Task<T>> decode, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return file is null ? null : await decode(file, cancellation);
        }
        catch (ImageFormatException refused)
        {
            throw new BadInputException(field, $"The {ApiJson.Name(field)} cannot be used: {refused.Message}");
        }
    }
}
