using System.Text;
using CsCheck;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Settings;
using RegionWebUI.Host.Styles;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.TestKit;

namespace RegionWebUI.Host.Tests.Styles;

public sealed class StyleShelfTests : IDisposable
{
    private const string Header = "name,prompt,negative_prompt\r\n";

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _warnings = [];

    private string FilePath => _folder.File("styles.csv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Styles_OfNoFile_AreNone()
    {
        var shelf = Open();
        Assert.Empty(shelf.Styles);
        Assert.Empty(_warnings);
        Assert.False(File.Exists(FilePath));
    }

    [Fact]
    public void Styles_OfA1111sFile_AreRead()
    {
        Write("\uFEFF" + Header + "Photo,\"photo of {prompt}, 35mm\",cartoon\r\n\"Two \"\"lines\"\"\",\"one\ntwo\",\r\n\r\n"
            + "# a comment,x,y\r\nBare\r\nSpaced, after a comma, ok\r\n");
        var shelf = Open();
        Assert.Equal(
            [
                new PromptStyle("Photo", "photo of {prompt}, 35mm", "cartoon"), new PromptStyle("Two \"lines\"", "one\ntwo", ""),
                new PromptStyle("Bare", "", ""), new PromptStyle("Spaced", "after a comma", "ok"),
            ],
            shelf.Styles);
        Assert.Empty(shelf.Notes);
    }

    [Fact]
    public void Styles_OfAnOldFile_HaveTheColumnText()
    {
        Write("name,text\nOld,oil\n");
        Assert.Equal([new PromptStyle("Old", "oil", "")], Open().Styles);
    }

    [Fact]
    public void Styles_OfOneNameTwice_TheLastTextsStandInTheFirstPlace()
    {
        Write(Header + "A,1,\nB,2,\nA,3,\n");
        Assert.Equal([new PromptStyle("A", "3", ""), new PromptStyle("B", "2", "")], Open().Styles);
    }

    [Fact]
    public void Styles_WithBrokenRows_SkipsThoseWithANoteEach()
    {
        Write(Header + $"Good,1,\n,no name,\nMany,1,2,3\n{new string('n', 201)},x,\nOpen,\"never closed,\nLast,2,\n");
        var shelf = Open();
        Assert.Equal(["Good", "Last"], shelf.Styles.Select(s => s.Name));
        Assert.Equal([3, 4, 5, 6], shelf.Notes.Select(n => int.Parse(n.Split("line ")[1].Split(' ')[0])).Order());
        Assert.Equal(shelf.Notes, _warnings);
    }

    [Fact]
    public void Save_KeepsCommentsDamageAndFurtherColumns()
    {
        Write("name,colour,prompt,negative_prompt\nA,red,1,\n# note,,,\nMany,1,2,3,4\nOpen,\"never\n");
        var shelf = Open();
        shelf.Save(new PromptStyle("A", "new, text", "n"));
        shelf.Save(new PromptStyle("B", "b", ""));
        Assert.Equal(
            "\uFEFFname,colour,prompt,negative_prompt\r\nA,red,\"new, text\",n\r\n# note,,,\r\nMany,1,2,3,4\r\n\"# Open,\"\"never\"\r\nB,,b,\r\n",
            Encoding.UTF8.GetString(File.ReadAllBytes(FilePath)));
    }

    [Fact]
    public void Save_KeepsABackupAndTells()
    {
        Write(Header + "A,1,\n");
        var shelf = Open();
        var told = 0;
        shelf.Changed += () => throw new InvalidOperationException("mine");
        shelf.Changed += () => told++;
        shelf.Save(new PromptStyle("B", "2", ""));
        Assert.Equal(1, told);
        Assert.Equal(["A", "B"], shelf.Styles.Select(s => s.Name));
        Assert.Equal(Header + "A,1,\n", File.ReadAllText(FilePath + ".bak"));
        Assert.Equal(["styles.csv", "styles.csv.bak"], _folder.Files.Order());
        Assert.Single(_warnings, w => w.Contains("mine", StringComparison.Ordinal));
    }

    [Fact]
    public void Save_AfterAnotherProgramWrote_LosesNothing()
    {
        var shelf = Open();
        Write(Header + "Theirs,1,\n");
        shelf.Save(new PromptStyle("Mine", "2", ""));
        Assert.Equal(["Theirs", "Mine"], Open().Styles.Select(s => s.Name));
    }

    [Fact]
    public void Delete_RemovesOneStyleAndSaysWhetherThereWasOne()
    {
        Write(Header + "A,1,\nB,2,\n");
        var shelf = Open();
        Assert.True(shelf.Delete("A"));
        Assert.False(shelf.Delete("A"));
        Assert.Null(shelf.Find("A"));
        Assert.Equal(new PromptStyle("B", "2", ""), Open().Find("B"));
    }

    [Fact]
    public void Refresh_ReadsWhatAnotherProgramWrote()
    {
        var shelf = Open();
        Write(Header + "Theirs,1,\n");
        shelf.Refresh();
        Assert.Single(shelf.Styles);
    }

    /// <summary>Files that are no styles, and what is said of them.</summary>
    public static TheoryData<byte[], string> Unreadable => new()
    {
        { [0xFF, 0xFE, 0x41, 0x00], "not UTF-8" }, { "a,b\n1,2\n"u8.ToArray(), "columns" }, { new byte[(4 << 20) + 1], "4 MiB" },
        { Encoding.UTF8.GetBytes(Header.TrimEnd() + new string(',', 100)), "64 columns" },
    };

    [Theory]
    [MemberData(nameof(Unreadable), DisableDiscoveryEnumeration = true)]
    public void Save_OverAFileThatIsNone_IsRefusedAndTheFileStays(byte[] file, string reason)
    {
        File.WriteAllBytes(FilePath, file);
        var shelf = Open();
        Assert.Empty(shelf.Styles);
        Assert.Contains(reason, Assert.Single(_warnings), StringComparison.Ordinal);
        Assert.Throws<IOException>(() => shelf.Save(new PromptStyle("A", "", "")));
        Assert.Throws<IOException>(() => shelf.Delete("A"));
        Assert.Equal(file, File.ReadAllBytes(FilePath));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" a")]
    [InlineData("a\nb")]
    [InlineData("#a")]
    public void Save_NameThatIsNone_IsRefused(string name)
    {
        var refused = Assert.Throws<BadInputException>(() => Open().Save(new PromptStyle(name, "", "")));
        Assert.Equal("Name", refused.Field);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.False(File.Exists(FilePath));
    }

    [Fact]
    public void Save_TooLong_IsRefused()
    {
        Assert.Equal("Name", Assert.Throws<BadInputException>(() => Open().Save(new PromptStyle(new string('n', 201), "", ""))).Field);
        Assert.Equal("Prompt", Assert.Throws<BadInputException>(() => Open().Save(new PromptStyle("A", new string('p', 32_769), ""))).Field);
        Write(Header + string.Concat(Enumerable.Range(0, 127).Select(i => $"{i},{new string('p', 32_768)},\n")));
        var full = Open();
        Assert.Equal("Styles", Assert.Throws<BadInputException>(() => full.Save(new PromptStyle("A", new string('p', 32_768), ""))).Field);
        Assert.Equal(127, Open().Styles.Count);
    }

    [Fact]
    public void Save_AnyTexts_AreReadAgain() => Gen.Select(
        Gen.String[Gen.Char["abAB1"], 1, 3], Gen.String[Gen.Char["ab, \"\r\n#'{}日"], 0, 20], Gen.String[Gen.Char["ab, \"\r\n#'{}日"], 0, 20])
        .Select((name, prompt, negative) => new PromptStyle(name, prompt, negative)).Array[1, 5]
        .Sample(
            styles =>
            {
                File.Delete(FilePath);
                var shelf = Open();
                foreach (var style in styles)
                {
                    shelf.Save(style);
                }

                var kept = styles.Select(s => s.Name).Distinct().Select(name => styles.Last(s => s.Name == name));
                return Open().Styles.SequenceEqual(kept) && Open().Notes.Count == 0;
            },
            iter: 100,
            threads: 1);

    [Fact]
    public void Parse_AnyBytes_GivesATableOrOneReason() => Gen.OneOf(
        Gen.Byte.Array[0, 60], Gen.String[Gen.Char["a,\"\r\n#\uFEFF "], 0, 60].Select(s => Encoding.UTF8.GetBytes(Header + s)))
        .Sample(bytes =>
        {
            try
            {
                var table = StyleTable.Parse(bytes);
                return StyleTable.Parse(table.ToBytes()).Styles.SequenceEqual(table.Styles);
            }
            catch (FormatException reason)
            {
                return reason.Message.Length > 0;
            }
        });

    private void Write(string text) => File.WriteAllText(FilePath, text, new UTF8Encoding(false));

    private StyleShelf Open() => new(DataFolder.Locate(_folder.Path, _ => null), _warnings.Add);
}
