using RegionWebUI.Diffusion;
using RegionWebUI.Host.Models;
using RegionWebUI.TestKit;

namespace RegionWebUI.Host.Tests.Models;

public sealed class ModelCatalogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Model(string root, string name, string unet = "{\"cross_attention_dim\": 768}")
    {
        var folder = Directory.CreateDirectory(_folder.File(root, name, "unet")).Parent!.FullName;
        File.WriteAllText(Path.Join(folder, "model_index.json"), "{}");
        File.WriteAllText(Path.Join(folder, "unet", "config.json"), unet);
        return folder;
    }

    private ModelCatalog Catalog() => new([_folder.File("program"), _folder.File("data"), _folder.File("missing")]);

    [Fact]
    public void List_TheProgramsOwnModels_NameKindPathSize()
    {
        var pocket = Assert.Single(new ModelCatalog([ModelCatalog.FindProgramModels(AppContext.BaseDirectory)!]).List());
        Assert.Equal("pocket", pocket.Name);
        Assert.Equal("pocket", pocket.Kind);
        Assert.Equal(Repository.PocketModel, pocket.Path);
        Assert.Equal(new DirectoryInfo(Repository.PocketModel).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length), pocket.Bytes);
        Assert.Null(pocket.Problem);
    }

    [Theory]
    [InlineData("""{"cross_attention_dim": 768}""", "SD 1.x")]
    [InlineData("""{"cross_attention_dim": 1024, "in_channels": 4}""", "SD 2.x")]
    [InlineData("""{"cross_attention_dim": 2048}""", "SDXL")]
    [InlineData("""{"cross_attention_dim": 768, "in_channels": 9}""", "SD 1.x inpaint")]
    [InlineData("""{"cross_attention_dim": [768]}""", "unknown")]
    [InlineData("""{"cross_attention_dim": 768.5}""", "unknown")]
    [InlineData("""{"cross_attention_dim": 1e99}""", "unknown")]
    [InlineData("""{"cross_attention_dim": 768, "in_channels": 9.5}""", "SD 1.x")]
    public void List_Kind_ComesFromTheUNet(string unet, string kind)
    {
        Model("data", "m", unet);
        Assert.Equal(kind, Assert.Single(Catalog().List()).Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    public void List_BrokenConfig_IsListedWithItsProblem(string unet)
    {
        Model("data", "broken", unet);
        Model("data", "good");
        var entries = Catalog().List();
        Assert.Equal(["broken", "good"], entries.Select(e => e.Name));
        Assert.NotNull(entries[0].Problem);
        Assert.Null(entries[1].Problem);
    }

    [Fact]
    public void List_FoldersWithoutAnIndex_AreNoModels()
    {
        Directory.CreateDirectory(_folder.File("data", "cache"));
        Assert.Empty(Catalog().List());
    }

    [Fact]
    public void Resolve_NameInBothFolders_BelongsToTheFirst()
    {
        Model("data", "m");
        var programs = Model("program", "m");
        Assert.Equal(programs, Catalog().Resolve("M"));
        Assert.Single(Catalog().List());
    }

    [Fact]
    public void Resolve_Null_IsTheFirstModel()
    {
        Model("data", "a");
        var programs = Model("program", "z");
        Assert.Equal(programs, Catalog().Resolve(null));
    }

    [Fact]
    public void Resolve_Folder_IsTakenAsItIs()
    {
        var elsewhere = Model("elsewhere", "m");
        Assert.Equal(elsewhere, Catalog().Resolve(elsewhere));
    }

    [Fact]
    public void Resolve_Unknown_NamesValueAndNearest()
    {
        Model("program", "pocket");
        var refused = Assert.Throws<ModelException>(() => Catalog().Resolve("pokcet"));
        Assert.Contains("'pokcet'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'pocket'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_FolderWithoutIndex_SaysWhatIsMissing()
    {
        var refused = Assert.Throws<ModelException>(() => Catalog().Resolve(_folder.Path));
        Assert.Contains("model_index.json", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_NullWithoutModels_SaysWhereItLooked()
    {
        var refused = Assert.Throws<ModelException>(() => Catalog().Resolve(null));
        Assert.Contains(_folder.File("program"), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FindProgramModels_BesideTheProgram_WinsOverTheCheckout()
    {
        Directory.CreateDirectory(_folder.File("models"));
        Directory.CreateDirectory(_folder.File("bin", "models"));
        File.WriteAllText(_folder.File("RegionWebUI.sln"), "");
        Assert.Equal(_folder.File("bin", "models"), ModelCatalog.FindProgramModels(_folder.File("bin")));
        Directory.Delete(_folder.File("bin", "models"));
        Assert.Equal(_folder.File("models"), ModelCatalog.FindProgramModels(_folder.File("bin")));
    }

    [Fact]
    public void FindProgramModels_NoCheckout_DoesNotTakeAnyFolderAbove()
    {
        Directory.CreateDirectory(_folder.File("models"));
        Directory.CreateDirectory(_folder.File("bin"));
        Assert.Null(ModelCatalog.FindProgramModels(_folder.File("bin")));
    }

    [Theory]
    [InlineData("auto", "auto")]
    [InlineData("CPU", "cpu")]
    [InlineData("DirectML:1", "directml:1")]
    public void DeviceName_Legal_IsCanonical(string text, string canonical) => Assert.Equal(canonical, DeviceName.Parse(text));

    [Theory]
    [InlineData("cudda", "cuda")]
    [InlineData("", "")]
    [InlineData("cpu:1", "cpu")]
    [InlineData("directml:", "directml")]
    public void DeviceName_Unknown_NamesTheNearest(string text, string nearest)
    {
        var refused = Assert.Throws<BadInputException>(() => DeviceName.Parse(text));
        Assert.Contains($"'{text}'", refused.Message, StringComparison.Ordinal);
        Assert.Contains(nearest, refused.Message, StringComparison.Ordinal);
    }
}
