using System.Collections.Immutable;
using System.Text.Json;

namespace RegionWebUI.Diffusion.Networks;

/// <summary>Configuration of LPIPS on a VGG network.</summary>
/// <param name="Channels">Channels of each 3x3 convolution in order; 0 halves the picture.</param>
/// <param name="Taps">Layers whose features are compared, counted as in VGG's own list: convolution, ReLU and pooling count one each.</param>
internal sealed record LpipsConfig(ImmutableArray<int> Channels, ImmutableArray<int> Taps)
{
    private const string Pool = "M";

    /// <summary>Reads config.json.</summary>
    /// <exception cref="ModelException">A value is missing or of a kind that is not supported.</exception>
    public static LpipsConfig Parse(JsonElement json)
    {
        var read = new ConfigReader("LPIPS", json);
        var layers = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("channels", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(Layer).ToImmutableArray()
            : [];
        read.Require(layers.Length > 0 && layers.All(c => c >= 0), "channels", $"a list of channels from 1 up and '{Pool}'");
        return new LpipsConfig(layers, [.. read.Ints("taps")]);
    }

    private static int Layer(JsonElement entry) =>
        entry.ValueKind == JsonValueKind.String && entry.ValueEquals(Pool) ? 0
        : entry.ValueKind == JsonValueKind.Number && entry.TryGetInt32(out var channels) && channels >= 1 ? channels
        : -1;
}
