using RegionWebUI.Fuzz;
using RegionWebUI.Fuzz.Targets;

namespace RegionWebUI.Diffusion.Tests.Text.PromptTree;

/// <summary>The search of tests/RegionWebUI.Fuzz over prompts, as far as a test run has time for.</summary>
public sealed class PromptFuzzTests
{
    private readonly CorpusSearch _search = new(PromptTarget.OfPocketTokenizer());

    [Fact]
    public void ParseAndCut_EveryKeptInput_KeepsItsPromises()
    {
        Assert.Empty(_search.KeptInputs());
        Assert.True(_search is { Accepted: > 50, Refused: > 0 }, $"{_search.Accepted} were read and {_search.Refused} refused.");
    }

    [Fact]
    public void ParseAndCut_ChangedInputs_KeepsItsPromises()
    {
        Assert.Empty(_search.ChangedInputs(200, seed: 22));
        Assert.True(_search is { Accepted: > 150, Refused: > 0 }, $"{_search.Accepted} were read and {_search.Refused} refused.");
    }
}
