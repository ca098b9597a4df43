using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Tests.Hooks;
using RegionWebUI.Diffusion.Text;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;
using RegionWebUI.Sdk.Settings;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Generation;

/// <summary>Prompts in whole runs: which texts each model call sees, and what becomes of several at once.</summary>
public sealed class PromptRunTests
{
    private static readonly ClipTokenizer _pocket = ClipTokenizer.Load(Path.Combine(Repository.PocketModel, "tokenizer"));

    private readonly WordEncoder _encoder = new();

    [Theory]
    [InlineData("[cat:dog:5]", "DDIM", 10, "ccccccdddd")]
    [InlineData("[cat:dog:0.5]", "Euler a", 10, "ccccccdddd")]
    [InlineData("[cat:dog:5]", "Heun", 10, "ccccccddddddddddddd")]
    [InlineData("[cat:dog:0.5]", "Heun", 10, "cccccccccccdddddddd")]
    [InlineData("[cat:dog:0.25]", "DPM++ 2S a", 4, "cccdddd")]
    [InlineData("[cat|dog]", "DDIM", 6, "ccdcdc")]
    [InlineData("[cat|dog|cow]", "Heun", 3, "ccdwc")]
    [InlineData("[cat:dog:0]", "DDIM", 3, "ddd")]
    public async Task Run_Schedule_SwitchesAtA1111sCalls(string prompt, string sampler, int steps, string expected)
    {
        var seen = new List<string>();

        await Run(new GenerationRequest { Prompt = prompt, Sampler = sampler, Steps = steps }).RunAsync(Watch(seen));

        Assert.Equal(expected, string.Concat(seen));
    }

    [Theory]
    [InlineData("[cat:dog:2]", "cccdd")]
    [InlineData("[cat:dog:0.5]", "ccccc")]
    public async Task Run_FromAPicture_CountsCallsFrom0AndSharesOverAllSteps(string prompt, string expected)
    {
        var seen = new List<string>();

        await Run(new GenerationRequest { Prompt = prompt, Steps = 10 }).RunAsync(Hook.Start(c => c.FirstStep = 5), Watch(seen));

        Assert.Equal(expected, string.Concat(seen));
    }

    [Fact]
    public async Task Run_ScheduleInTheNegative_SwitchesToo()
    {
        var seen = new List<string>();

        await Run(new GenerationRequest { NegativePrompt = "[cat:dog:1]", Steps = 4 })
            .RunAsync(Hook.Plan(c => seen.Add(Word(c.Rows[0].Negative))));

        Assert.Equal("ccdd", string.Concat(seen));
    }

    [Fact]
    public async Task Run_ManySteps_SharesRowsOfEqualCalls()
    {
        var rows = new HashSet<DenoiseRow>(ReferenceEqualityComparer.Instance);

        await Run(new GenerationRequest { Prompt = "[cat|dog]", Steps = 20 }).RunAsync(Hook.Plan(c => rows.UnionWith(c.Rows)));

        Assert.Equal(2, rows.Count);
    }

    [Theory]
    [InlineData("cat AND dog:0.5", 3)]
    [InlineData("cat AND dog:0.5", 1)]
    [InlineData("cat:0.5 AND dog:0.5", 1)]
    [InlineData("cat AND dog:-0.5 AND cow:1.5", 2)]
    [InlineData("cat :0.75", 1)]
    public async Task Run_And_IsUncondPlusTheSumOfGuidance(string prompt, double scale)
    {
        var weights = PromptWeights(prompt);
        var worst = 0.0;
        var request = new GenerationRequest { Prompt = prompt, NegativePrompt = "tree", CfgScale = scale, Steps = 3 };

        await Run(request).RunAsync(Hook.Fuse((c, next) =>
        {
            var eps = next();
            var z = Array.ConvertAll(c.Z(c.Lane).Data.ToArray(), value => (double)value);
            double[] Eps(string word) => AnalyticUNet.Eps(z, 4, (float)c.Step.T, Number(word));
            var without = Eps("tree");
            var with = weights.Select(weight => (Eps: Eps(weight.Word), weight.Weight)).ToList();
            for (var i = 0; i < z.Length; i++)
            {
                var expected = without[i] + with.Sum(part => part.Weight * scale * (part.Eps[i] - without[i]));
                worst = Math.Max(worst, Math.Abs(eps.Data.Span[i] - expected) / Math.Max(1, Math.Abs(expected)));
            }

            return eps;
        }));

        Assert.InRange(worst, 0, 1e-6);
    }

    [Fact]
    public async Task Run_And_RunsTheNegativeOnce()
    {
        var run = Run(new GenerationRequest { Prompt = "cat AND dog", Steps = 2 });

        await run.RunAsync();

        Assert.Equal([3, 3], ((AnalyticUNet)run.UNet).Calls.Select(call => call.Rows));
    }

    [Fact]
    public async Task Run_Break_MakesTwoChunks()
    {
        var run = Run(new GenerationRequest { Prompt = "cat BREAK dog", Steps = 1 });

        await run.RunAsync();

        Assert.Equal([(2, 154)], ((AnalyticUNet)run.UNet).Calls.Select(call => (call.Rows, call.Tokens)));
    }

    [Fact]
    public void Encode_AnyRun_EncodesEachChunkOnce()
    {
        var encoder = new PromptEncoder(_encoder, _pocket);
        var request = new GenerationRequest { Prompt = "[cat|dog] AND (cat:1.3) AND cat BREAK cat", NegativePrompt = "(dog:0.5)" };

        Plan(request).Encode(encoder, CancellationToken.None);
        Assert.Equal(["c", "d", ""], _encoder.Runs.Select(chunk => Word(chunk.Ids[1] == _pocket.Eos ? 0 : chunk.Ids[1] / 100f)));
        Plan(request with { CfgScale = 2 }).Encode(encoder, CancellationToken.None);
        Assert.Equal(3, _encoder.Runs.Count);
        Plan(request with { TextSettings = new TextSettings { ClipSkip = 2 } }).Encode(encoder, CancellationToken.None);
        Assert.Equal(6, _encoder.Runs.Count);
    }

    [Theory]
    [InlineData("[cat:dog:5]", "", 1, false)]
    [InlineData("cat BREAK dog", "", 2, true)]
    [InlineData("cat", "cat BREAK dog", 2, true)]
    [InlineData("[cat:cat BREAK dog:5]", "cat BREAK dog", 2, false)]
    [InlineData("cat AND dog BREAK dog", "cat BREAK dog", 2, false)]
    public void Of_Prompts_SaysWhetherOneWasPadded(string prompt, string negative, int chunks, bool pads)
    {
        var plan = Plan(new GenerationRequest { Prompt = prompt, NegativePrompt = negative });

        Assert.Equal((chunks, pads), (plan.ChunkCount, plan.PadsConds));
    }

    [Theory]
    [InlineData("cat", false, 1)]
    [InlineData("cat :1.5", true, 2)]
    [InlineData("cat AND dog", true, 2)]
    [InlineData("cat:0.5 AND dog:0.5", false, 1)]
    public void Of_CfgScale1_UsesTheNegativeWhereTheSumNeedsIt(string prompt, bool guided, int chunks)
    {
        var plan = Plan(new GenerationRequest { Prompt = prompt, NegativePrompt = "cat BREAK dog", CfgScale = 1 });

        Assert.Equal((guided, chunks, guided), (plan.IsGuided, plan.ChunkCount, plan.PadsConds));
    }

    [Theory]
    [InlineData("cat", "(dog:[1..2:2..3:5])", "NegativePrompt")]
    [InlineData("(cat:[1..2:2..3:5])", "", "Prompt")]
    [InlineData("[cat:dog:1e999]", "", "Prompt")]
    [InlineData("(cat:99999999)", "", "Prompt")]
    [InlineData("cat AND dog:-99999999", "", "Prompt")]
    public void Of_NumberThatCannotBeUsed_SaysWhere(string prompt, string negative, string field)
    {
        var error = Assert.Throws<BadInputException>(() => Plan(new GenerationRequest { Prompt = prompt, NegativePrompt = negative }));

        Assert.Equal(field, error.Field);
        Assert.Contains("cannot be read at character ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_TooManyTexts_IsRefused()
    {
        var prompt = $"{string.Join(' ', Enumerable.Repeat("cat", 750))} [{string.Join('|', Enumerable.Range(0, 300))}]";

        var error = Assert.Throws<BadInputException>(() => Plan(new GenerationRequest { Prompt = prompt, Steps = 300 }));

        Assert.Contains("come to 301 texts of 11 chunks each", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ManySidesOfAndBesideOneLongSide_IsRefusedBeforeRoomIsTaken()
    {
        var prompt = string.Join(" AND ", Enumerable.Repeat("a", 1000)) + " AND " + string.Join(" BREAK ", Enumerable.Repeat("b", 1000));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<BadInputException>(() => Plan(new GenerationRequest { Prompt = prompt }));

        Assert.Contains("come to 1002 texts of 1000 chunks each", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    [Fact]
    public void Warnings_OfPrompts_SayWhereAndWhat()
    {
        var request = new GenerationRequest { Prompt = "a cat) <lora:ink:0.7>", NegativePrompt = "blurry" };

        var warnings = PromptWarnings.Of(request, 20);

        Assert.Equal(2, warnings.Count);
        Assert.StartsWith("Prompt, character 6: ", warnings[0], StringComparison.Ordinal);
        Assert.StartsWith("Prompt, character 8: There is no network 'ink' here", warnings[1], StringComparison.Ordinal);
    }

    private SeamRun Run(GenerationRequest request)
    {
        var plan = Plan(request);
        return new SeamRun
        {
            Sampler = request.Sampler,
            Steps = request.Steps,
            Prompts = plan.Encode(new PromptEncoder(_encoder, _pocket), CancellationToken.None),
        };
    }

    private static PromptPlan Plan(GenerationRequest request) => PromptPlan.Of(_pocket, request, SamplerCatalog.Resolve(request.Sampler));

    private static IHook Watch(List<string> seen) => Hook.Plan(c => seen.Add(Word(Assert.Single(c.Rows).Positive)));

    private static string Word(Conditioning conditioning) => Word(conditioning.Embeddings.Span[0]);

    private static string Word(float number) => number switch
    {
        0 => "",
        _ when number == Number("cat") => "c",
        _ when number == Number("dog") => "d",
        _ when number == Number("cow") => "w",
        _ => "?",
    };

    private static float Number(string word) => Assert.Single(_pocket.Encode(word).Ids) / 100f;

    private static List<(string Word, double Weight)> PromptWeights(string prompt) =>
        [.. prompt.Split(" AND ").Select(part => part.Split(':')).Select(part =>
            (part[0].Trim(), part.Length > 1 ? double.Parse(part[1], System.Globalization.CultureInfo.InvariantCulture) : 1))];
}
