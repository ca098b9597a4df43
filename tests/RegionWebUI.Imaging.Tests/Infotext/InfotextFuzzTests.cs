using RegionWebUI.Fuzz;
using RegionWebUI.Fuzz.Targets;

namespace RegionWebUI.Imaging.Tests.Infotext;

/// <summary>The search of tests/RegionWebUI.Fuzz over infotexts, as far as a test run has time for.</summary>
public class InfotextFuzzTests
{
    private readonly CorpusSearch _search = new(new InfotextTarget());

    [Fact]
    public void ReadAndPaste_EveryKeptInput_KeepsItsPromises()
    {
        Assert.Empty(_search.KeptInputs());
        Assert.True(_search is { Accepted: > 30, Refused: > 0 }, $"{_search.Accepted} were pasted and {_search.Refused} refused.");
    }

    [Fact]
    public void ReadAndPaste_ChangedInputs_KeepsItsPromises()
    {
        Assert.Empty(_search.ChangedInputs(600, seed: 21));
        Assert.True(_search is { Accepted: > 300, Refused: > 0 }, $"{_search.Accepted} were pasted and {_search.Refused} refused.");
    }
}
