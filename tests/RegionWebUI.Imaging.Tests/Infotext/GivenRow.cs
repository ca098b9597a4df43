using System.Globalization;
using System.Numerics;
using System.Text.Json;
using RegionWebUI.Imaging.Infotext;

namespace RegionWebUI.Imaging.Tests.Infotext;

/// <summary>
/// One <c>write</c> row of infotext.json as parameters: which of A1111's settings print which key, for keys the product does not set yet.
/// </summary>
internal sealed class GivenRow(JsonElement root, JsonElement row)
{
    private readonly JsonElement _given = row.GetProperty("given");
    private readonly JsonElement _meta = root.GetProperty("meta");

    private int Index => _given.TryGetProperty("index", out var index) ? index.GetInt32() : 0;

    public InfotextParameters ToParameters() => new()
    {
        Prompt = Text("prompt"),
        NegativePrompt = Text("negative_prompt"),
        Steps = Get("steps").GetInt32(),
        Sampler = Text("sampler"),
        ScheduleType = Text("scheduler"),
        CfgScale = Value(Get("cfg_scale"))!.Value,
        Seed = Integer(Get("seed")) + Index,
        Width = Get("width").GetInt32(),
        Height = Get("height").GetInt32(),
        ModelHash = Option("add_model_hash_to_info").GetBoolean() ? Text("model_hash") : null,
        Model = Option("add_model_name_to_info").GetBoolean() ? Text("model") : null,
        Rng = Option("randn_source").GetString() is var rng && rng == "GPU" ? null : rng,
        Extra = [.. LaterKeys(), .. Extras()],
        Version = Option("add_version_to_infotext").GetBoolean() ? _meta.GetProperty("program_version").GetString() : null,
        User = Option("add_user_name_to_info").GetBoolean() ? Get("user").GetString() : null,
    };

    private IEnumerable<KeyValuePair<string, InfotextValue?>> LaterKeys()
    {
        yield return Pair("Image CFG scale", Get("image_cfg_scale"));
        yield return Pair("Face restoration", Option("face_restoration_model"), Get("restore_faces").GetBoolean());
        var fp8 = Option("fp8_storage").GetString() != "Disable";
        yield return Pair("FP8 weight", Option("fp8_storage"), fp8);
        yield return Pair("Cache FP16 weight for LoRA", Option("cache_fp16_weight"), fp8);
        yield return Pair("VAE hash", Get("vae_hash"), Option("add_vae_hash_to_info").GetBoolean());
        yield return Pair("VAE", Get("vae"), Option("add_vae_name_to_info").GetBoolean());
        var varied = !IsZero("subseed_strength");
        yield return new("Variation seed", varied ? Integer(Get("subseed")) + Index : default(InfotextValue?));
        yield return Pair("Variation seed strength", Get("subseed_strength"), varied);
        var resized = !IsZero("seed_resize_from_w") && !IsZero("seed_resize_from_h");
        yield return new("Seed resize from", resized ? $"{Get("seed_resize_from_w")}x{Get("seed_resize_from_h")}" : default(InfotextValue?));
        yield return Pair("Conditional mask weight", Option("inpainting_mask_weight"), Get("inpainting").GetBoolean());
        yield return Pair("Clip skip", Get("clip_skip"), Get("clip_skip").GetInt32() > 1);
        yield return Pair("ENSD", Option("eta_noise_seed_delta"), Option("eta_noise_seed_delta").GetInt64() != 0 && SamplerUsesEnsd());
        yield return Pair("Token merging ratio", Get("token_merging_ratio"), !IsZero("token_merging_ratio"));
        yield return Pair(
            "Token merging ratio hr", Get("token_merging_ratio_hr"), Get("enable_hr").GetBoolean() && !IsZero("token_merging_ratio_hr"));
        yield return Pair("Init image hash", Get("init_img_hash"));
        yield return Pair("Tiling", Get("tiling"), Get("tiling").GetBoolean());
    }

    private IEnumerable<KeyValuePair<string, InfotextValue?>> Extras() =>
        Get("extra").EnumerateObject().Select(p => p.Value.ValueKind == JsonValueKind.Array
            ? new KeyValuePair<string, InfotextValue?>(p.Name, InfotextValue.OfImage([.. p.Value.EnumerateArray().Select(Value)], Index))
            : Pair(p.Name, p.Value));

    private bool SamplerUsesEnsd() => root.GetProperty("sampler_list").EnumerateArray()
        .Single(s => s.GetProperty("name").GetString() == Text("sampler"))
        .GetProperty("options").TryGetProperty("uses_ensd", out var uses) && uses.GetBoolean();

    private static KeyValuePair<string, InfotextValue?> Pair(string key, JsonElement json, bool written = true) =>
        new(key, written ? Value(json) : null);

    /// <summary>A value with its type: the text "1", the integer 1 and the float 1.0 differ.</summary>
    public static InfotextValue? Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => json.GetString()!,
        JsonValueKind.Number => json.GetRawText().AsSpan().ContainsAny(".eE") ? json.GetDouble() : Integer(json),
        _ => throw new InvalidOperationException($"{json.ValueKind} is no value of an infotext."),
    };

    private static BigInteger Integer(JsonElement json) => BigInteger.Parse(json.GetRawText(), CultureInfo.InvariantCulture);

    private JsonElement Get(string name) =>
        _given.TryGetProperty(name, out var given) ? given : _meta.GetProperty("defaults_of_given").GetProperty(name);

    private string Text(string name) => Get(name).GetString()!;

    private bool IsZero(string name) => Get(name).GetDouble() == 0;

    private JsonElement Option(string name) =>
        _given.TryGetProperty("options", out var options) && options.TryGetProperty(name, out var given)
            ? given
            : _meta.GetProperty("options_defaults").GetProperty(name);
}
