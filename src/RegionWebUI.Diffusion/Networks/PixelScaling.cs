using System.Collections.Immutable;
using System.Text.Json;
using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;

namespace RegionWebUI.Diffusion.Networks;

/// <summary>How a network wants its pixels: (x - mean) / deviation per channel, x in 0..1.</summary>
/// <param name="Mean">Of red, green and blue.</param>
/// <param name="Deviation">Likewise, above 0.</param>
internal sealed record PixelScaling(ImmutableArray<float> Mean, ImmutableArray<float> Deviation)
{
    /// <summary>OpenAI's CLIP.</summary>
    public static PixelScaling Clip { get; } = new([0.48145466f, 0.4578275f, 0.40821073f], [0.26862954f, 0.26130258f, 0.27577711f]);

    /// <summary>Reads preprocessor_config.json; CLIP's where there is none.</summary>
    /// <exception cref="ModelException">A value is missing or no list of three numbers.</exception>
    public static PixelScaling Parse(JsonElement? json) => json is not { } preprocessor ? Clip : new(
        Three(preprocessor, "image_mean", number => true),
        Three(preprocessor, "image_std", number => number > 0));

    /// <summary>Writes the scaling into a graph.</summary>
    public Value Write(GraphBuilder b, Value pixels)
    {
        var perChannel = new Shape(1, 3, 1, 1);
        return b.Divide(b.Subtract(pixels, b.Constant(perChannel, Mean)), b.Constant(perChannel, Deviation));
    }

    private static ImmutableArray<float> Three(JsonElement json, string key, Func<float, bool> isLegal)
    {
        var read = new ConfigReader("preprocessor", json);
        var numbers = json.TryGetProperty(key, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(n => n.ValueKind == JsonValueKind.Number).Select(n => (float)n.GetDouble()).ToImmutableArray()
            : [];
        read.Require(numbers.Length == 3 && numbers.All(float.IsFinite) && numbers.All(isLegal), key, "a list of three numbers");
        return numbers;
    }
}
