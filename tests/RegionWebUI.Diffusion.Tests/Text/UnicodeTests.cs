using System.Security.Cryptography;
using System.Text;
using RegionWebUI.Diffusion.Text;

namespace RegionWebUI.Diffusion.Tests.Text;

/// <summary>
/// Composition and lower case against CPython 3.11 (unicodedata 14.0.0): SHA-256 over the UTF-8 results, each followed by a line end.
/// The random texts draw from a pool with x = x * 1664525 + 1013904223 mod 2^32, x0 = 1, index = (x >> 8) mod size.
/// </summary>
public sealed class UnicodeTests
{
    private static readonly (int First, int Last)[] _composing =
    [
        (0x41, 0x5A), (0x61, 0x7A), (0x300, 0x345), (0x1100, 0x1112), (0x1161, 0x1175), (0x11A7, 0x11C2), (0xAC00, 0xAC1C), (0x1E00, 0x1EFF),
        (0x900, 0xDFF), (0xF71, 0xF84), (0x1D150, 0x1D170), (0x2F800, 0x2F820), (0x110A5, 0x110BA),
    ];

    private static readonly int[] _casing =
    [
        0x3A3, 0x3A3, 0x391, 0x41, 0x61, 0x2E, 0x27, 0x3A, 0xB7, 0x301, 0xAD, 0x20, 0x31, 0x2C, 0x2170, 0x24B6, 0xAA, 0x2B0, 0x130, 0x1C5, 0x5E,
        0x4E00, 0x10400, 0x2D, 0x1F130, 0x345, 0x2019, 0x200D, 0x2C2, 0x20DD, 0xFE13,
    ];

    [Fact]
    public void Compose_EveryCharacterOfThreePlanes_AsPython() =>
        Assert.Equal(
            "d6e7e73f03aea272f3c3e96e270e2dbd949f0e9471933072802e9728d3b9b49f",
            Hash(Enumerable.Range(0, 0x30000).Where(Rune.IsValid).Select(c => Composed(new Rune(c).ToString()))));

    [Fact]
    public void Compose_RandomTexts_AsPython()
    {
        int[] pool = [.. _composing.SelectMany(range => Enumerable.Range(range.First, range.Last - range.First + 1))];
        Assert.Equal("0553298b11710542717767218cc50383f33aa236da3e2304d823d0c7ff1f1e11", Hash(Texts(pool, 8).Select(Composed)));
    }

    [Fact]
    public void AsPython_RandomTexts_AsPython() =>
        Assert.Equal(
            "05eb953fccb5a30869b05a51e67c1479abd1d23ff1762464e1bdd96ca8abaa74",
            Hash(Texts(_casing, 6).Select(text => Joined(LowerCase.AsPython(SourcedRune.Read(text))))));

    [Fact]
    public void ByCharacter_Sigma_StaysInTheMiddleForm() =>
        Assert.Equal("ας σ i̇".Replace('ς', 'σ'), Joined(LowerCase.ByCharacter(SourcedRune.Read("ΑΣ Σ İ"))));

    [Fact]
    public void Compose_ChangedCluster_KeepsItsWholeOrigin()
    {
        var composed = CanonicalComposition.Compose(SourcedRune.Read("xe\u0301y"));

        Assert.Equal(
            [new SourcedRune(new Rune('x'), 0, 1), new SourcedRune(new Rune('é'), 1, 3), new SourcedRune(new Rune('y'), 3, 4)],
            composed);
    }

    [Fact]
    public void Compose_MarksInAnotherOrder_ShareTheOrigin()
    {
        var composed = CanonicalComposition.Compose(SourcedRune.Read("q\u0301\u0323"));

        Assert.Equal("q\u0323\u0301", Joined(composed));
        Assert.All(composed, rune => Assert.Equal((0, 3), (rune.Start, rune.End)));
    }

    private static string Composed(string text) => Joined(CanonicalComposition.Compose(SourcedRune.Read(text)));

    private static string Joined(IEnumerable<SourcedRune> runes) => string.Concat(runes.Select(rune => rune.Rune));

    private static IEnumerable<string> Texts(int[] pool, int length)
    {
        var x = 1u;
        for (var i = 0; i < 20_000; i++)
        {
            var text = new StringBuilder();
            for (var j = 0; j < length; j++)
            {
                x = unchecked(x * 1664525 + 1013904223);
                text.Append(new Rune(pool[(x >> 8) % pool.Length]));
            }

            yield return text.ToString();
        }
    }

    private static string Hash(IEnumerable<string> lines)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in lines)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
