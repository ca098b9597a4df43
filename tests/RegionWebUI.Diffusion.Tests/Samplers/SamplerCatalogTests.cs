using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Samplers;

public class SamplerCatalogTests
{
    [Fact]
    [Trait("Category", "Fixture")]
    public void Resolve_EveryNameAndAliasA1111HasForOurs_FindsTheSampler()
    {
        string[] ours = ["DDIM", "Euler", "Euler a", "Heun", "DPM++ 2M"];
        var run = 0;
        foreach (var row in Fixtures.Open("infotext.json").Json.GetProperty("sampler_list").EnumerateArray())
        {
            var name = row.GetProperty("name").GetString()!;
            if (!ours.Contains(name))
            {
                continue;
            }

            var sampler = SamplerCatalog.Resolve(name);
            var options = row.GetProperty("options");
            Assert.Equal(name, sampler.Name);
            Assert.All(row.GetProperty("aliases").EnumerateArray(), alias => Assert.Same(sampler, SamplerCatalog.Resolve(alias.GetString()!)));
            Assert.Equal(options.TryGetProperty("second_order", out _) ? 2 : 1, sampler.CallsPerStep);
            if (options.TryGetProperty("scheduler", out var schedule))
            {
                Assert.Equal(schedule.GetString(), sampler.OwnSchedule.Name, ignoreCase: true);
            }

            run++;
        }

        Assert.Equal(ours.Length, run);
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
    [InlineData("", "'DDIM'")]
    public void Resolve_UnknownName_NamesItAndTheNearest(string name, string nearest)
    {
        var refused = Assert.Throws<BadInputException>(() => SamplerCatalog.Resolve(name));

        Assert.Equal("Sampler", refused.Field);
        Assert.Contains($"'{name}'", refused.Message, StringComparison.Ordinal);
        Assert.Contains(nearest, refused.Message, StringComparison.Ordinal);
        Assert.All(SamplerCatalog.Names, known => Assert.Contains(known, refused.Message, StringComparison.Ordinal));
    }
}
