using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Samplers;

public class SamplerCatalogTests
{
    [Fact]
    [Trait("Category", "Fixture")]
    public void Resolve_EveryNameAndAliasOfA1111_FindsTheSampler()
    {
        var rows = Fixtures.Open("infotext.json").Json.GetProperty("sampler_list");
        var run = 0;
        foreach (var row in rows.EnumerateArray())
        {
            var name = row.GetProperty("name").GetString()!;
            var sampler = SamplerCatalog.Resolve(name);
            var options = row.GetProperty("options");
            Assert.Equal(name, sampler.Name);
            Assert.All(row.GetProperty("aliases").EnumerateArray(), alias => Assert.Same(sampler, SamplerCatalog.Resolve(alias.GetString()!)));
            Assert.Equal(options.TryGetProperty("second_order", out _) ? 2 : 1, sampler.Traits.CallsPerStep);
            Assert.Equal(options.TryGetProperty("discard_next_to_last_sigma", out _), sampler.Traits.DiscardsNextToLastSigma);
            Assert.Equal(options.TryGetProperty("uses_ensd", out _), sampler.Traits.UsesEnsd);
            Assert.Equal(options.TryGetProperty("brownian_noise", out _), sampler.Traits.UsesBrownianNoise);
            if (options.TryGetProperty("scheduler", out var schedule))
            {
                Assert.Equal(schedule.GetString(), sampler.OwnSchedule.Name, ignoreCase: true);
            }

            run++;
        }

        Assert.Equal(rows.GetArrayLength(), run);
        Assert.Equal(rows.EnumerateArray().Select(row => row.GetProperty("name").GetString()), SamplerCatalog.Names);
    }

    [Theory]
    [InlineData("ddim", "DDIM")]
    [InlineData("EULER A", "Euler a")]
    [InlineData("dpm++ 2m", "DPM++ 2M")]
    [InlineData("K_Heun", "Heun")]
    public void Resolve_AnyLetterCase_FindsTheSampler(string name, string found) => Assert.Equal(found, SamplerCatalog.Resolve(name).Name);

    [Theory]
    [InlineData("Eulr", "'Euler'")]
    [InlineData("Euler b", "'Euler a'")]
    [InlineData("DPM++2M", "'DPM++ 2M'")]
    [InlineData("", "'LMS'")]
    public void Resolve_UnknownName_NamesItAndTheNearest(string name, string nearest)
    {
        var refused = Assert.Throws<BadInputException>(() => SamplerCatalog.Resolve(name));

        Assert.Equal("Sampler", refused.Field);
        Assert.Contains($"'{name}'", refused.Message, StringComparison.Ordinal);
        Assert.Contains(nearest, refused.Message, StringComparison.Ordinal);
        Assert.All(SamplerCatalog.Names, known => Assert.Contains(known, refused.Message, StringComparison.Ordinal));
    }
}
