using CsCheck;
using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Host.Parameters;
using RegionWebUI.Imaging;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;
using RegionWebUI.TestKit.Fakes;

namespace RegionWebUI.Host.Tests.Parameters;

/// <summary>A picture's infotext gives the request again that made it.</summary>
public sealed class InfotextRoundTripTests
{
    private static readonly GenerationParameters _table = new(RequestValidator.Standard);

    private static readonly Gen<string> _text = Gen.String[Gen.Char["abz1,:\"=é日 \n"], 0, 30]
        .Select(text => string.Join('\n', text.Split('\n').Select(line => line.Trim()))).Select(text => text.Trim());

    private static readonly Gen<int> _side = Gen.Int[8, 12].Select(cells => cells * 8);

    private static readonly Gen<GenerationRequest> _requests =
        from prompt in _text
        from negative in _text
        from sampler in OneOf(RequestValidator.Standard.Samplers)
        from schedule in OneOf(RequestValidator.Standard.Schedules)
        from steps in Gen.Int[5, 8]
        from cfg in Gen.OneOf(Gen.Double[1, 100], Gen.Int[1, 30].Select(i => (double)i))
        from seed in Gen.UInt
        from width in _side
        from height in _side
        from init in Gen.Bool
        from strength in Gen.Double[0.5, 1]
        select new GenerationRequest
        {
            Prompt = prompt,
            NegativePrompt = negative,
            Sampler = sampler,
            Schedule = schedule,
            Steps = steps,
            CfgScale = cfg,
            Seed = seed,
            Width = width,
            Height = height,
            Init = init ? new Image(8, 8, new byte[8 * 8 * 3]) : null,
            Strength = init ? strength : new GenerationRequest().Strength,
        };

    // Settings on top of a request; of the numbers the narrow ranges in which runs are short.
    private static readonly Gen<GenerationRequest> _withSettings = Gen.Select(_requests, Gen.Int[0, 1 << 30].Array[40]).Select((request, draws) =>
    {
        var settings = _table.All.Where(p => p.Group != ParameterGroup.Main || p.Field == nameof(GenerationRequest.ExactSteps)).ToList();
        return settings.Select((setting, i) => (setting, draw: draws[i])).Where(s => s.draw % 3 == 0)
            .Aggregate(request, (r, s) => s.setting.Set(r, Value(s.setting, s.draw / 3)));
    });

    [Fact]
    public async Task Import_OfAnyPicture_GivesEverySettingThatItsTextNames()
    {
        using var engine = new ScriptedGraphEngineFactory().Load("", "cpu");
        var compared = 0;
        await _withSettings.SampleAsync(
            async request =>
            {
                if (RequestValidator.Standard.Validate(request).Count > 0)
                {
                    return;
                }

                InfotextDocument document;
                try
                {
                    var result = await engine.GenerateAsync(request, null, TestContext.Current.CancellationToken);
                    document = InfotextReader.Read(result.Pictures[0].Infotext);
                }
                catch (BadInputException)
                {
                    // Settings that exclude each other, or that the model has no layers for.
                    return;
                }

                var import = InfotextImport.Apply(new GenerationRequest(), document, _table.All);
                Assert.Empty(import.NotTaken);
                foreach (var setting in _table.All.Where(p => p.InfotextKey is { } key && document.Find(key) is not null))
                {
                    compared++;
                    Assert.Equal(setting.Get(AsWritten(request)), setting.Get(import.Request));
                }
            },
            iter: 200,
            threads: 1);
        Assert.True(compared > 0);
    }

    [Fact]
    public async Task Import_OfAnyPicture_GivesItsRequest()
    {
        using var engine = new ScriptedGraphEngineFactory().Load("", "cpu");
        await _requests.SampleAsync(
            async request =>
            {
                var result = await engine.GenerateAsync(request, null, TestContext.Current.CancellationToken);
                var import = InfotextImport.Apply(new GenerationRequest(), InfotextReader.Read(result.Pictures[0].Infotext), _table.All);
                Assert.Empty(import.NotTaken);
                Assert.Equal(AsWritten(request), import.Request);
            },
            iter: 100,
            threads: 1);
    }

    private static object Value(GenerationParameter setting, int draw) => setting.Kind switch
    {
        ParameterKind.Flag => draw % 2 == 0,
        ParameterKind.Choice => setting.Choices[draw % setting.Choices.Count],
        ParameterKind.Whole => (long)setting.Minimum
            + (draw % (long)(Math.Min(setting.Maximum - setting.Minimum, 2000) / setting.Step) * (long)setting.Step),
        _ => setting.Minimum + ((Math.Min(setting.Maximum, 1) - setting.Minimum) * (draw % 1001) / 1000),
    };

    private static Gen<string> OneOf(IReadOnlyList<string> names) => Gen.Int[0, names.Count - 1].Select(i => names[i]);

    // The schedule that is the sampler's own says the same as Automatic. The picture to start from is not in the text.
    private static GenerationRequest AsWritten(GenerationRequest request) => request with
    {
        Init = null,
        Schedule = SamplerName.AsA1111(request.Sampler, request.Schedule).Schedule,
    };
}
