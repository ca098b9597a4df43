using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RegionWebUI.Diffusion.Text;

namespace RegionWebUI.Diffusion.Tests.Text;

/// <summary>Against CPython 3.11's <c>html.unescape</c>: SHA-256 over the UTF-8 results, each followed by a line end.</summary>
public sealed class HtmlEntitiesTests
{
    private static readonly string[] _names = [.. HtmlEntityTable.References
        .Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
        .Select(word => word.Split('=')[0].TrimEnd('*'))];

    [Fact]
    public void Unescape_EveryName_AsPython() =>
        Assert.Equal(
            "a85c5f9070cb9bdc8edea66090761f4e59e3dd477512f354ade932c06461b77d",
            Hash(_names.SelectMany(name => (string[])[$"&{name};", $"&{name}", $"&{name}x;", $"a&{name}&amp;"])));

    [Fact]
    public void Unescape_EveryNumberOfThreePlanes_AsPython() =>
        Assert.Equal(
            "2aa1b19a1ccc2a6808f6fbf0eaab10229ea2f97d8893c9e64e9926ce5536d036",
            Hash(Enumerable.Range(0, 0x30000).Select(i => $"&#{i};&#x{i.ToString("x", CultureInfo.InvariantCulture)}")));

    [Theory]
    [InlineData("a & b &; &# &#; &#x; &a", "a & b &; &# &#; &#x; &a")]
    [InlineData("&#99999999999999999999;&#xFFFFFFFFFFFFFFFFF", "\uFFFD\uFFFD")]
    [InlineData("&notin;&notit;&gt", "∉¬it;>")]
    [InlineData("&amp;amp;", "&amp;")]
    public void Unescape_OddReference_AsPython(string text, string expected) => Assert.Equal(expected, Unescape(text));

    [Fact]
    public void Unescape_Reference_KeepsItsWholeOrigin() =>
        Assert.Equal(
            [new SourcedRune(new Rune('a'), 0, 1), new SourcedRune(new Rune('é'), 1, 9), new SourcedRune(new Rune('b'), 9, 10)],
            HtmlEntities.Unescape(SourcedRune.Read("a&eacute;b")));

    private static string Unescape(string text) => string.Concat(HtmlEntities.Unescape(SourcedRune.Read(text)).Select(rune => rune.Rune));

    private static string Hash(IEnumerable<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Unescape(text) + "\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
