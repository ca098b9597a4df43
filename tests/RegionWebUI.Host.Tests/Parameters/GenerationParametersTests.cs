using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Host.Parameters;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Host.Tests.Parameters;

public sealed class GenerationParametersTests
{
    private readonly GenerationParameters _table = new(RequestValidator.Standard);

    [Fact]
    public void All_HoldsEveryPropertyOfARequestAndItsSettingsOnceButPicturesAndExtensions()
    {
        Type[] settings = [typeof(SamplerSettings), typeof(NoiseSettings), typeof(TextSettings)];
        Assert.Equal(
            settings.Prepend(typeof(GenerationRequest)).SelectMany(type => type.GetProperties()).Select(p => p.Name)
                .Except(settings.Select(type => type.Name))
                .Except([nameof(GenerationRequest.Init), nameof(GenerationRequest.Mask), nameof(GenerationRequest.Extensions)]).Order(),
            _table.All.Select(p => p.Field).Order());
    }

    [Fact]
    public void All_OptionsAreUnique() => Assert.Equal(_table.All.Count, _table.All.Select(p => p.Option).Distinct().Count());

    [Fact]
    public void Default_IsTheRequestsOwn()
    {
        Assert.Equal(20L, _table["Steps"].Default);
        Assert.Equal(5.0, _table["CfgScale"].Default);
        Assert.Equal("DDIM", _table["Sampler"].Default);
        Assert.Null(_table["Width"].Default);
    }

    [Fact]
    public void Range_EndsAreLegalAndTheNextBeyondAreNot()
    {
        foreach (var parameter in _table.All.Where(p => p.Kind is ParameterKind.Whole or ParameterKind.Real))
        {
            bool Legal(double value)
            {
                object boxed = parameter.Kind == ParameterKind.Whole ? (object)(long)value : value;
                return RequestValidator.Standard.Validate(parameter.Set(new GenerationRequest(), boxed)).Count == 0;
            }

            Assert.True(Legal(parameter.Minimum), parameter.Field);
            Assert.True(Legal(parameter.Maximum), parameter.Field);
            Assert.False(Legal(parameter.Minimum - parameter.Step), parameter.Field);
            Assert.False(Legal(parameter.Maximum + parameter.Step), parameter.Field);
        }
    }

    [Theory]
    [InlineData("Eta", "Euler a", "Automatic", true)]
    [InlineData("Eta", "ddim", "Automatic", true)]
    [InlineData("Eta", "Euler", "Automatic", false)]
    [InlineData("SigmaChurn", "DPM2", "Automatic", true)]
    [InlineData("SigmaChurn", "LMS", "Automatic", false)]
    [InlineData("ScheduleRho", "DPM++ 2M", "Automatic", true)]
    [InlineData("ScheduleRho", "DPM++ 2M", "uniform", false)]
    [InlineData("BetaAlpha", "Euler", "Beta", true)]
    [InlineData("UniPcSkip", "UniPC", "Automatic", true)]
    [InlineData("UniPcSkip", "UniPC", "Karras", false)]
    [InlineData("UniPcOrder", "UniPC", "Karras", true)]
    [InlineData("DropLastCall", "PLMS", "Automatic", true)]
    [InlineData("DropLastCall", "PLMS", "Simple", false)]
    [InlineData("EtaNoiseSeedDelta", "Euler a", "Automatic", true)]
    [InlineData("EtaNoiseSeedDelta", "Euler", "Automatic", false)]
    [InlineData("Eta", "of an extension", "Automatic", true)]
    [InlineData("Seed", "Euler", "Automatic", true)]
    public void IsUsed_SamplerAndSchedule_SaysWhetherTheyReadTheValue(string field, string sampler, string schedule, bool used) =>
        Assert.Equal(used, _table[field].IsUsed(new GenerationRequest { Sampler = sampler, Schedule = schedule }));

    [Theory]
    [InlineData("Eta", "Eta")]
    [InlineData("Eta", "Eta DDIM")]
    [InlineData("SigmaChurn", "Sigma churn")]
    [InlineData("SigmaTmin", "Sigma tmin")]
    [InlineData("SigmaTmax", "Sigma tmax")]
    [InlineData("SigmaNoise", "Sigma noise")]
    [InlineData("ScheduleSigmaMin", "Schedule min sigma")]
    [InlineData("ScheduleSigmaMax", "Schedule max sigma")]
    [InlineData("ScheduleRho", "Schedule rho")]
    [InlineData("BetaAlpha", "Beta schedule alpha")]
    [InlineData("BetaBeta", "Beta schedule beta")]
    [InlineData("DiscardNextToLastSigma", "Discard penultimate sigma")]
    [InlineData("DropLastCall", "Drop last call")]
    [InlineData("UniPcVariant", "UniPC variant")]
    [InlineData("UniPcSkip", "UniPC skip type")]
    [InlineData("UniPcOrder", "UniPC order")]
    [InlineData("UniPcLowerOrderFinal", "UniPC lower order final")]
    [InlineData("VariationSeed", "Variation seed")]
    [InlineData("VariationStrength", "Variation seed strength")]
    [InlineData("EtaNoiseSeedDelta", "ENSD")]
    [InlineData("Device", "RNG")]
    [InlineData("ExactSteps", "Exact steps")]
    public void InfotextKey_EverySettingOfTheRun_IsTheOneThatPicturesCarry(string field, string key) =>
        Assert.Contains(key, _table[field].OtherInfotextKeys.Prepend(_table[field].InfotextKey));

    [Fact]
    public void Choices_AreAllLegal()
    {
        foreach (var parameter in _table.All.Where(p => p.Kind == ParameterKind.Choice))
        {
            Assert.NotEmpty(parameter.Choices);
            Assert.All(parameter.Choices, c => Assert.Empty(RequestValidator.Standard.Validate(parameter.Parse(new GenerationRequest(), c))));
        }
    }

    [Fact]
    public void Parse_Text_SetsTheProperty()
    {
        var request = new GenerationRequest();
        (string Field, string Text)[] texts =
        [
            ("Prompt", "a cat"), ("NegativePrompt", ""), ("Seed", "4294967295"), ("Steps", "7"), ("CfgScale", "2.5"),
            ("Sampler", "Heun"), ("Schedule", "Karras"), ("Width", "72"), ("Height", "80"), ("BatchSize", "2"),
            ("Strength", "0.35"),
        ];
        foreach (var (field, text) in texts)
        {
            request = _table[field].Parse(request, text);
        }

        var expected = new GenerationRequest
        {
            Prompt = "a cat",
            Seed = 4294967295,
            Steps = 7,
            CfgScale = 2.5,
            Sampler = "Heun",
            Schedule = "Karras",
            Width = 72,
            Height = 80,
            BatchSize = 2,
            Strength = 0.35,
        };
        Assert.Equal(expected, request);
    }

    [Theory]
    [InlineData("Steps", "abc", "Steps must be a whole number from 1 to 1000, not 'abc'.")]
    [InlineData("Steps", "1.5", "Steps must be a whole number from 1 to 1000, not '1.5'.")]
    [InlineData("Steps", "", "Steps must be a whole number from 1 to 1000, not ''.")]
    [InlineData("Steps", "4294967316", "Steps must be a whole number from 1 to 1000, not '4294967316'.")]
    [InlineData("Steps", "99999999999999999999", "Steps must be a whole number from 1 to 1000, not '99999999999999999999'.")]
    [InlineData("Width", "-9223372036854775808", "Width must be a multiple of 8 from 64 to 2048, not '-9223372036854775808'.")]
    [InlineData("CfgScale", "1,5", "CFG scale must be a number from 1 to 100, not '1,5'.")]
    [InlineData("Seed", "0x10", "Seed must be a whole number from 0 to 4294967295, not '0x10'.")]
    public void Parse_NoNumber_SaysTheRange(string field, string text, string sentence)
    {
        var refused = Assert.Throws<BadInputException>(() => _table[field].Parse(new GenerationRequest(), text));
        Assert.Equal(sentence, refused.Message);
        Assert.Equal(field, refused.Field);
    }
}
