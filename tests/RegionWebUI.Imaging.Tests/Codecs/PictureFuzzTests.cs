using RegionWebUI.Fuzz;
using RegionWebUI.Fuzz.Targets;

namespace RegionWebUI.Imaging.Tests.Codecs;

/// <summary>The search of tests/RegionWebUI.Fuzz over picture files, as far as a test run has time for.</summary>
public class PictureFuzzTests
{
    private readonly CorpusSearch _search = new(new PictureTarget());

    [Fact]
    public void Decode_EveryKeptInput_KeepsItsPromises()
    {
        Assert.Empty(_search.KeptInputs());
        Assert.True(_search is { Accepted: > 20, Refused: > 10 }, $"{_search.Accepted} were read and {_search.Refused} refused.");
    }

    [Fact]
    public void Decode_ChangedInputs_KeepsItsPromises()
    {
        Assert.Empty(_search.ChangedInputs(1500, seed: 20));
        Assert.True(_search is { Accepted: > 20, Refused: > 200 }, $"{_search.Accepted} were read and {_search.Refused} refused.");
    }
}
