using RegionWebUI.Fuzz;
using RegionWebUI.Fuzz.Targets;

namespace RegionWebUI.Diffusion.Tests.Checkpoints;

/// <summary>The search of tests/RegionWebUI.Fuzz over heads of weights files, as far as a test run has time for.</summary>
public sealed class SafetensorsFuzzTests : IDisposable
{
    private readonly SafetensorsTarget _target = new();
    private readonly CorpusSearch _search;

    public SafetensorsFuzzTests() => _search = new CorpusSearch(_target);

    [Fact]
    public void Read_EveryKeptInput_KeepsItsPromises()
    {
        Assert.Empty(_search.KeptInputs());
        Assert.True(_search is { Accepted: > 5, Refused: > 10 }, $"{_search.Accepted} were read and {_search.Refused} refused.");
    }

    [Fact]
    public void Read_ChangedInputs_KeepsItsPromises()
    {
        Assert.Empty(_search.ChangedInputs(600, seed: 23));
        Assert.True(_search is { Accepted: > 50, Refused: > 200 }, $"{_search.Accepted} were read and {_search.Refused} refused.");
    }

    public void Dispose() => _target.Dispose();
}
