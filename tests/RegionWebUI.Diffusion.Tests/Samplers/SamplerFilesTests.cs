using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Samplers;

/// <summary>What a reader of the samplers' files finds: short files that say which paper they follow.</summary>
public class SamplerFilesTests
{
    private const int LongestMedian = 45;

    private static IReadOnlyList<Type> Types =>
        [.. typeof(Sampler).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Sampler)) && !t.IsAbstract && t != typeof(ExtensionSampler))];

    public static TheoryData<string> Files => [.. Types.Select(t => t.Name)];

    [Fact]
    public void Files_AreOneOfEachSamplerAndShort()
    {
        Assert.Equal(SamplerCatalog.Names.Count, Types.Count);
        var lengths = Types.Select(t => Read(t.Name).Length).Order().ToList();
        var median = (lengths[(lengths.Count - 1) / 2] + lengths[lengths.Count / 2]) / 2.0;
        Assert.True(median <= LongestMedian, $"The median is {median} lines: {string.Join(", ", lengths)}.");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void File_Docstring_NamesItsSource(string type)
    {
        var docstring = string.Concat(Read(type).TakeWhile(l => !l.Contains($"class {type}", StringComparison.Ordinal)));
        Assert.Matches(@"[A-Z]\w+ (et al\.|and [A-Z]\w+)[^.]*\(?(19|20)\d\d|k-diffusion|CompVis", docstring);
    }

    private static string[] Read(string type) => File.ReadAllLines(Repository.Path("src", "RegionWebUI.Diffusion", "Samplers", $"{type}.cs"));
}
