using System.Text.Json;
using CsCheck;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Imaging.Tests.Codecs;

namespace RegionWebUI.Imaging.Tests.Infotext;

public class InfotextWriterTests
{
    private static readonly InfotextParameters _plain = new()
    {
        Prompt = "a cat",
        Steps = 20,
        Sampler = "DDIM",
        CfgScale = 5.0,
        Seed = 7,
        Width = 128,
        Height = 64,
    };

    [Fact]
    public void Write_OnlyRequiredKeys_LeavesTheOthersOut() =>
        Assert.Equal("a cat\nSteps: 20, Sampler: DDIM, CFG scale: 5.0, Seed: 7, Size: 128x64", InfotextWriter.Write(_plain));

    [Fact]
    public void Write_AllKeysOfOurs_StandInA1111sOrder()
    {
        var parameters = _plain with
        {
            NegativePrompt = "dog",
            ScheduleType = "Karras",
            ModelHash = "0123456789",
            Model = "pocket",
            Rng = "CPU",
            Version = "RegionWebUI 0.1.0",
            User = "me",
            Extra = [new("ext.rdm.target", "a, b"), new("Clip skip", 2)],
        };
        Assert.Equal(
            "a cat\nNegative prompt: dog\nSteps: 20, Sampler: DDIM, Schedule type: Karras, CFG scale: 5.0, Seed: 7, Size: 128x64, "
            + "Model hash: 0123456789, Model: pocket, Clip skip: 2, RNG: CPU, ext.rdm.target: \"a, b\", Version: RegionWebUI 0.1.0, User: me",
            InfotextWriter.Write(parameters));
    }

    [Fact]
    public void Write_ExtraOfExistingKey_KeepsPlaceAndLastValueWins()
    {
        var parameters = _plain with
        {
            Extra = [new("New", 1), new("Sampler", "Euler"), new("New", 2), new("Seed", null), new("Version", "x")],
            Version = "y",
        };
        Assert.Equal("a cat\nSteps: 20, Sampler: Euler, CFG scale: 5.0, Size: 128x64, New: 2, Version: y", InfotextWriter.Write(parameters));
    }

    [Fact]
    public void Write_PromptWithPythonWhiteSpaceAtEnds_IsStripped() =>
        Assert.StartsWith("cat \nSteps", InfotextWriter.Write(_plain with { Prompt = "\u001F\u3000\u0085 cat " }), StringComparison.Ordinal);

    [Fact]
    public void Write_KeyEqualToValue_IsPrintedOnceOnlyForTexts()
    {
        var parameters = _plain with { Extra = [new("True", true), new("Same", "Same"), new("7", 7)] };
        Assert.EndsWith("True: True, Same, 7: 7", InfotextWriter.Write(parameters), StringComparison.Ordinal);
    }

    [Fact]
    public void Quote_AnyText_IsItselfOrJsonOfIt() =>
        Pictures.Text.Sample(
            text =>
            {
                var quoted = InfotextWriter.Quote(text);
                return text.IndexOfAny([',', ':', '\n']) < 0 ? quoted == text : JsonSerializer.Deserialize<string>(quoted) == text;
            },
            iter: 1000);

    [Fact]
    public void OfImage_ListOfBatch_GivesTheImagesValueOrNone()
    {
        InfotextValue?[] values = ["a", null];
        Assert.Equal("a", InfotextValue.OfImage(values, 0)?.ToString());
        Assert.Null(InfotextValue.OfImage(values, 1));
        Assert.Null(InfotextValue.OfImage(values, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => InfotextValue.OfImage(values, -1));
    }

    [Fact]
    public void Value_OfEachType_PrintsAsPython()
    {
        InfotextValue[] values = [0.1f, 7, -7L, ulong.MaxValue, 7.0, false, "x", default];
        Assert.Equal(["0.1", "7", "-7", "18446744073709551615", "7.0", "False", "x", ""], values.Select(v => v.ToString()));
    }
}
