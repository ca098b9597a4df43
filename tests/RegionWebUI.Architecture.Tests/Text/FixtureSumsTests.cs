using System.Security.Cryptography;
using RegionWebUI.TestKit;

namespace RegionWebUI.Architecture.Tests.Text;

/// <summary>The numbers to reproduce are only worth something while nobody changes them by accident.</summary>
public class FixtureSumsTests
{
    private const string Folder = "tests/fixtures";

    [Fact]
    public void Fixtures_AgainstTheirSums_AreUnchangedAndAllListed()
    {
        var files = SourceTree.Files(Folder).Select(f => f[(Folder.Length + 1)..]).Where(f => f != "SHA256SUMS").ToList();
        Assert.NotEmpty(files);
        Offenders.None(Compare(SourceTree.Read(Folder + "/SHA256SUMS"), files, Sum));
    }

    [Fact]
    public void Compare_ChangedMissingAndUnlistedFiles_AreOffenders() =>
        Assert.Equal(
            ["b is not as it was.", "c is listed but missing.", "d is not listed; run eng/fixture-sums.sh."],
            Compare("1  a\n2  b\n3  c\n", ["a", "b", "d"], f => f == "a" ? "1" : "0"));

    private static IEnumerable<string> Compare(string sums, IReadOnlyCollection<string> files, Func<string, string> sum)
    {
        var listed = sums.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split("  ", 2)).ToDictionary(l => l[1], l => l[0]);
        return
        [
            .. files.Where(f => listed.TryGetValue(f, out var s) && s != sum(f)).Select(f => $"{f} is not as it was."),
            .. listed.Keys.Where(f => !files.Contains(f)).Select(f => $"{f} is listed but missing."),
            .. files.Where(f => !listed.ContainsKey(f)).Select(f => $"{f} is not listed; run eng/fixture-sums.sh."),
        ];
    }

    private static string Sum(string file)
    {
        using var stream = File.OpenRead(Repository.Path(Folder, file));
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
