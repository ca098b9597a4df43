using System.Numerics;

namespace RegionWebUI.Imaging.Infotext;

/// <summary>How a picture was made, as far as its infotext says so. A null leaves its key out.</summary>
public sealed record InfotextParameters
{
    /// <summary>The positive prompt as written; may span lines.</summary>
    public required string Prompt { get; init; }

    /// <summary>The negative prompt as written; empty leaves its line out.</summary>
    public string NegativePrompt { get; init; } = "";

    /// <summary>Sampler steps.</summary>
    public required int Steps { get; init; }

    /// <summary>The sampler's name in A1111's spelling.</summary>
    public required string Sampler { get; init; }

    /// <summary>The schedule's name in A1111's spelling.</summary>
    public string? ScheduleType { get; init; }

    /// <summary>Strength of classifier-free guidance; an integer prints as <c>7</c>, a float as <c>7.0</c>.</summary>
    public required InfotextValue CfgScale { get; init; }

    /// <summary>The picture's own seed, not the batch's.</summary>
    public required BigInteger Seed { get; init; }

    /// <summary>Pixels per row.</summary>
    public required int Width { get; init; }

    /// <summary>Rows.</summary>
    public required int Height { get; init; }

    /// <summary>Short hash of the checkpoint: the first ten hexadecimal digits of its SHA-256.</summary>
    public string? ModelHash { get; init; }

    /// <summary>Name of the checkpoint.</summary>
    public string? Model { get; init; }

    /// <summary>Where noise comes from (<c>CPU</c>, <c>NV</c>); null for A1111's default, the GPU.</summary>
    public string? Rng { get; init; }

    /// <summary>Further keys in order. A key that exists keeps its place and takes the new value; a null value leaves the key out.</summary>
    public IReadOnlyList<KeyValuePair<string, InfotextValue?>> Extra { get; init; } = [];

    /// <summary>Name and version of the program; wins over an extra of the same key.</summary>
    public string? Version { get; init; }

    /// <summary>Who asked for the picture; wins over an extra of the same key.</summary>
    public string? User { get; init; }
}
