using System.Text.Json.Nodes;
using CsCheck;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Host.Extensions.Manifests;
using RegionWebUI.TestKit.Extensions;
using static RegionWebUI.Host.Tests.Extensions.ExtensionYard;

namespace RegionWebUI.Host.Tests.Extensions;

/// <summary>The order in which extensions run.</summary>
public sealed class ExtensionOrderTests : IDisposable
{
    private static readonly Compiled _plain = ExtensionCompiler.Compile("Plain", ExtensionCompiler.Plain);

    private readonly ExtensionYard _yard = new();

    public void Dispose() => _yard.Dispose();

    private ExtensionCatalog Open(params string[] extensions)
    {
        foreach (var extension in extensions)
        {
            // "a<b" runs before b, "a>b" after it.
            var id = extension.Split('<', '>')[0];
            _yard.Add(id, _plain, manifest: m =>
            {
                if (extension.Length > id.Length)
                {
                    m[extension[id.Length] == '<' ? "before" : "after"] = new JsonArray(extension[(id.Length + 1)..]);
                }
            });
        }

        return _yard.Open();
    }

    [Fact]
    public void ForRun_NoWishes_IsByIdThenAsMoved()
    {
        var catalog = Open("a", "b", "c");
        Assert.Equal(["a", "b", "c"], Ids(catalog));
        catalog.Move("a", later: true);
        Assert.Equal(["b", "a", "c"], Ids(catalog));
        catalog.Move("c", later: false);
        catalog.Move("c", later: false);
        catalog.Move("c", later: false);
        Assert.Equal(["c", "b", "a"], Ids(catalog));
        Assert.Equal(["c", "b", "a"], Ids(_yard.Open()));
        Assert.Equal(["c", "b", "a"], catalog.Entries.Select(e => e.Id));
    }

    [Fact]
    public void Move_NeighbourIsOff_StepsOverIt()
    {
        var catalog = Open("a", "b", "c");
        catalog.Disable("b");
        catalog.Move("a", later: true);
        Assert.Equal(["c", "a"], Ids(catalog));
    }

    [Fact]
    public void ForRun_ManifestsWishes_GoBeforeTheUsersOrder()
    {
        var catalog = Open("a>c", "b", "c");
        Assert.Equal(["b", "c", "a"], Ids(catalog));
        catalog.Move("c", later: true);
        Assert.Equal("c", Ids(catalog).First(i => i is "a" or "c"));
    }

    [Fact]
    public void ForRun_WishAboutWhatIsOffOrNotThere_DoesNotMatter()
    {
        var catalog = Open("a>b", "b", "c<gone");
        catalog.Disable("b");
        Assert.Equal(["a", "c"], Ids(catalog).Order());
    }

    [Fact]
    public void ForRun_Circle_ItsMembersAreBrokenAndTheOthersRun()
    {
        var catalog = Open("a<b", "b<c", "c<a", "d>a", "e");
        Assert.Equal(["d", "e"], Ids(catalog));
        var broken = catalog.Entries.Where(e => e.State == ExtensionState.Broken).ToDictionary(e => e.Id, e => e.Reason);
        Assert.Equal(["a", "b", "c"], broken.Keys.Order());
        Assert.Equal("the manifests' order goes in a circle: a before b before c before a; switch one of them off.", broken["a"]);
        catalog.Disable("b");
        Assert.Equal(["c", "a", "d", "e"], Ids(catalog));
    }

    [Fact]
    public void Of_AnyWishes_OrderKeepsThemAndLeavesOutOnlyCircles() =>
        Gen.Select(Gen.Int[0, 7], Gen.Int[0, 7], Gen.Bool).Array[0, 14].Sample(wishes =>
        {
            var manifests = Enumerable.Range(0, 8).Select(i => new ExtensionManifest($"e{i}", "1.0.0", "E.dll")
            {
                Before = [.. wishes.Where(w => w.Item3 && w.Item1 == i && w.Item2 != i).Select(w => $"e{w.Item2}")],
                After = [.. wishes.Where(w => !w.Item3 && w.Item1 == i && w.Item2 != i).Select(w => $"e{w.Item2}")],
            }).ToList();
            var (order, cyclic) = ExtensionOrder.Of(manifests, _ => 0);
            Assert.Equal(manifests.Select(m => m.Id), order.Concat(cyclic.Keys).Order());
            foreach (var manifest in manifests.Where(m => order.Contains(m.Id)))
            {
                var here = order.ToList().IndexOf(manifest.Id);
                Assert.All(manifest.Before.Where(order.Contains), b => Assert.True(order.ToList().IndexOf(b) > here));
                Assert.All(manifest.After.Where(order.Contains), a => Assert.True(order.ToList().IndexOf(a) < here));
            }
        }, iter: 300, threads: 1);
}
