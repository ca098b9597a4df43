using System.Globalization;
using System.Text;
using RegionWebUI.Diffusion.Checkpoints;

namespace RegionWebUI.Diffusion.Tests.Checkpoints;

/// <summary>Files that break one rule each, and files broken at random: either a valid reading or the one exception, never anything else.</summary>
public sealed class SafetensorsHostileTests
{
    private static readonly Dictionary<string, (byte[] File, string Reason)> _corpus = MakeCorpus();

    public static TheoryData<string> Names => [.. _corpus.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_RuleBroken_IsRefusedWithTheReason(string name)
    {
        var (file, reason) = _corpus[name];

        var error = Assert.Throws<SafetensorsFormatException>(() => Read(file));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("The weights file 'x' is damaged: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Read_CutAtEveryByte_IsRefused()
    {
        var whole = Small();
        for (var length = 0; length < whole.Length; length++)
        {
            var cut = whole[..length];
            Assert.Throws<SafetensorsFormatException>(() => Read(cut));
        }
    }

    [Fact]
    public void Read_EveryHeaderLengthFrom0To16_OnlyTheTrueOneIsRead()
    {
        byte[] json = [.. "{\"__metadata__\":{"u8];
        for (var length = 0UL; length <= 16; length++)
        {
            var file = SafetensorsWriter.Raw(length, json);
            Assert.Throws<SafetensorsFormatException>(() => Read(file));
        }

        for (var length = 2; length <= 16; length++)
        {
            Assert.Empty(Read(SafetensorsWriter.Raw("{}" + new string(' ', length - 2), 0)).Tensors);
        }
    }

    [Fact]
    public void Read_TwentyThousandSeededMutations_NothingButTheOneException()
    {
        var random = new Random(20261124);
        var whole = Small();
        var refused = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var file = Mutated(whole, random);
            try
            {
                var header = Read(file);
                var covered = header.Tensors.Sum(tensor => tensor.ByteLength);
                var start = 8 + BitConverter.ToInt64(file);
                Assert.Equal(file.Length - start, covered);
            }
            catch (SafetensorsFormatException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 10_000, 19_999);
    }

    [Fact]
    public void Read_ManyTensors_AllocatesLessThanFourTimesTheHeader()
    {
        const int Count = 200_000;
        var text = new StringBuilder("{");
        for (var i = 0; i < Count; i++)
        {
            text.Append(i == 0 ? "" : ",");
            text.Append(CultureInfo.InvariantCulture, $"\"{i:x}\":{{\"dtype\":\"U8\",\"shape\":[{i % 3}],\"data_offsets\":[{At(i)},{At(i + 1)}]}}");
        }

        var file = SafetensorsWriter.Raw(text.Append('}').ToString(), At(Count));
        Read(Small());
        var before = GC.GetAllocatedBytesForCurrentThread();

        var header = Read(file);

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(Count, header.Tensors.Count);
        Assert.InRange(allocated, 1, 4L * text.Length);

        static int At(int i) => i / 3 * 3 + (i % 3 == 2 ? 1 : 0);
    }

    private static byte[] Mutated(byte[] whole, Random random)
    {
        var file = whole.ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(file.Count);
            switch (random.Next(5))
            {
                case 0:
                    file[at] = (byte)random.Next(256);
                    break;
                case 1:
                    file[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    file.RemoveAt(at);
                    break;
                case 3:
                    file.Insert(at, (byte)"{}[]\",:0 9-\\u"[random.Next(13)]);
                    break;
                default:
                    file.InsertRange(at, file.GetRange(at, Math.Min(random.Next(20), file.Count - at)));
                    break;
            }
        }

        return [.. file];
    }

    private static byte[] Small() => new SafetensorsWriter()
        .Metadata(("format", "pt"))
        .Add("a", "F32", [2, 1], 1f, 2f)
        .Add("b.weight", "BF16", [3], (ushort)1, (ushort)2, (ushort)3)
        .Add<byte>("é", "U8", [0])
        .ToBytes(pad: 3);

    private static SafetensorsHeader Read(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return SafetensorsHeader.Read(stream, file.Length, "x");
    }

    private static Dictionary<string, (byte[] File, string Reason)> MakeCorpus()
    {
        Dictionary<string, (byte[] File, string Reason)> corpus = new()
        {
            ["empty file"] = ([], "it has 0 bytes"),
            ["seven bytes"] = (new byte[7], "it has 7 bytes"),
            ["length 0"] = (SafetensorsWriter.Raw(0, []), "does not start with '{'"),
            ["length 2^63"] = (SafetensorsWriter.Raw(1UL << 63, "{}"u8.ToArray()), "claims 9223372036854775808 bytes, more than"),
            ["length 2^64-1"] = (SafetensorsWriter.Raw(ulong.MaxValue, "{}"u8.ToArray()), "more than the 100000000 allowed"),
            ["length 100 MB + 1"] = (SafetensorsWriter.Raw(100_000_001, "{}"u8.ToArray()), "more than the 100000000 allowed"),
            ["length past the end"] = (SafetensorsWriter.Raw(100_000_000, "{}"u8.ToArray()), "only 2 follow"),
            ["byte order mark"] = (SafetensorsWriter.Raw([0xEF, 0xBB, 0xBF, .. "{}"u8], []), "does not start with '{'"),
            ["space before"] = (SafetensorsWriter.Raw(" {}", 0), "does not start with '{'"),
            ["a list"] = (SafetensorsWriter.Raw("[]", 0), "does not start with '{'"),
            ["line end after"] = (SafetensorsWriter.Raw("{}\n", 0), "other than spaces"),
            ["second object after"] = (SafetensorsWriter.Raw("{} {}", 0), "other than spaces"),
            ["NUL after"] = (SafetensorsWriter.Raw("{}\0", 0), "other than spaces"),
            ["late text after"] = (SafetensorsWriter.Raw("{}" + new string(' ', 200_000) + "x", 0), "other than spaces"),
            ["comment"] = (SafetensorsWriter.Raw("{/**/}", 0), "not valid JSON"),
            ["trailing comma"] = (Tensor("\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1],", 1), "not valid JSON"),
            ["unclosed"] = (SafetensorsWriter.Raw("{\"a\":{", 0), "not valid JSON"),
            ["bad UTF-8"] = (SafetensorsWriter.Raw([.. "{\""u8, 0xC3, 0x28, .. "\":{}}"u8], []), "not valid JSON"),
            ["half a surrogate"] = (SafetensorsWriter.Raw("{\"\\ud800\":{}}", 0), "not valid JSON"),
            ["tail after the data"] = (Tensor(Good, 2), "1 bytes follow its last tensor"),
            ["tail without tensors"] = (SafetensorsWriter.Raw("{}", 5), "5 bytes follow"),
            ["a line separator"] = (SafetensorsWriter.Raw("{\"a\u2028b\":1}", 0), "entry 'a\uFFFDb' is not an object"),
            ["entry is a number"] = (SafetensorsWriter.Raw("{\"a\":1}", 0), "entry 'a' is not an object"),
            ["deep nesting"] = (SafetensorsWriter.Raw(new string('{', 1) + "\"a\":" + new string('[', 50_000), 0), "entry 'a' is not an object"),
            ["deep shape"] = (Tensor("\"shape\":" + new string('[', 50_000), 0), "shape with an entry"),
        };
        AddTensors(corpus);
        AddMetadata(corpus);
        return corpus;
    }

    private const string Good = "\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]";

    private static void AddTensors(Dictionary<string, (byte[] File, string Reason)> corpus)
    {
        corpus["no dtype"] = (Tensor("\"shape\":[1],\"data_offsets\":[0,1]", 1), "'a' has no 'dtype'");
        corpus["no shape"] = (Tensor("\"dtype\":\"U8\",\"data_offsets\":[0,1]", 1), "'a' has no 'shape'");
        corpus["no offsets"] = (Tensor("\"dtype\":\"U8\",\"shape\":[1]", 1), "'a' has no 'data_offsets'");
        corpus["unknown key"] = (Tensor(Good + ",\"stride\":[1]", 1), "unknown key 'stride'");
        corpus["half a surrogate as key"] = (Tensor("\"\\ud800type\":1", 0), "not valid JSON");
        corpus["half a surrogate as dtype"] = (Tensor("\"dtype\":\"\\udc00\"", 0), "not valid JSON");
        corpus["key twice"] = (Tensor(Good + ",\"dtype\":\"U8\"", 1), "key 'dtype' twice");
        corpus["shape twice"] = (Tensor("\"shape\":[2]," + Good, 1), "key 'shape' twice");
        corpus["offsets twice"] = (Tensor(Good + ",\"data_offsets\":[0,1]", 1), "key 'data_offsets' twice");
        corpus["escaped key twice"] = (Tensor(Good + ",\"dt\\u0079pe\":\"U8\"", 1), "key 'dtype' twice");
        corpus["tensor twice"] = (Two(Good, "\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]", 2, "a", "\\u0061"), "'a' occurs twice");
        corpus["empty tensor twice"] = (Two(Sized(0, 0), Sized(0, 0), 0, "a", "a"), "'a' occurs twice");
        corpus["unknown dtype"] = (Tensor(Good.Replace("U8", "Q8", StringComparison.Ordinal), 1), "unknown dtype 'Q8'");
        corpus["lower-case dtype"] = (Tensor(Good.Replace("U8", "u8", StringComparison.Ordinal), 1), "unknown dtype 'u8'");
        corpus["dtype null"] = (Tensor("\"dtype\":null,\"shape\":[1],\"data_offsets\":[0,1]", 1), "dtype that is not a string");
        corpus["shape number"] = (Tensor("\"dtype\":\"U8\",\"shape\":1,\"data_offsets\":[0,1]", 1), "shape that is not a list");
        foreach (var bad in (string[])["-1", "-0", "1.0", "1e0", "\"1\"", "null", "9223372036854775808", "1e400"])
        {
            corpus[$"dimension {bad}"] = (Tensor($"\"dtype\":\"U8\",\"shape\":[{bad}],\"data_offsets\":[0,1]", 1), "shape with an entry");
            corpus[$"offset {bad}"] = (Tensor($"\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[{bad},1]", 1), "data_offsets with an entry");
        }

        corpus["one offset"] = (Tensor("\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1]", 1), "not two numbers");
        corpus["three offsets"] = (Tensor("\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1,1]", 1), "more than 2 numbers");
        corpus["offsets reversed"] = (Tensor("\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,0]", 1), "before its begin");
        corpus["offsets past the end"] = (Tensor("\"dtype\":\"U8\",\"shape\":[9],\"data_offsets\":[0,9]", 1), "has only 1 bytes");
        corpus["offsets near 2^63"] = (
            Tensor("\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[9223372036854775806,9223372036854775807]", 1), "has only 1 bytes");
        corpus["too few bytes"] = (Tensor("\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,3]", 3), "(4 bytes), but its offsets span 3");
        corpus["shape overflows"] = (Shaped("4294967296,4294967296"), "overflows");
        corpus["shape overflows before a 0"] = (Shaped("4294967296,4294967296,0"), "overflows");
        corpus["long shape overflows"] = (
            Shaped(string.Join(',', Enumerable.Repeat(long.MaxValue, 64))), "9223372036854775807, ...], which overflows");
        corpus["bits overflow"] = (Shaped("4611686018427387904"), "no whole number of bytes");
        corpus["wraps to the right size"] = (Shaped("9223372036854775807,2"), "no whole number of bytes");
        corpus["half a byte"] = (Tensor("\"dtype\":\"F4\",\"shape\":[3],\"data_offsets\":[0,2]", 2), "no whole number of bytes");
        corpus["six bits"] = (Tensor("\"dtype\":\"F6_E2M3\",\"shape\":[2],\"data_offsets\":[0,2]", 2), "no whole number of bytes");
        corpus["65 dimensions"] = (Shaped(string.Join(',', Enumerable.Repeat("1", 65))), "more than 64 numbers");
        corpus["hole before the first"] = (Tensor("\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]", 2), "leaves a hole");
        corpus["hole"] = (Two(Sized(0, 1), Sized(2, 3), 3), "'b' leaves a hole");
        corpus["overlap"] = (Two(Sized(0, 2), Sized(1, 3), 3), "'b' overlaps");
        corpus["the same place"] = (Two(Sized(0, 2), Sized(0, 2), 2), "overlaps");
        corpus["empty inside another"] = (Two(Sized(0, 2), Sized(1, 1), 2), "overlaps");
    }

    private static void AddMetadata(Dictionary<string, (byte[] File, string Reason)> corpus)
    {
        corpus["metadata number"] = (SafetensorsWriter.Raw("{\"__metadata__\":{\"k\":1}}", 0), "metadata entry 'k' is not a string");
        corpus["metadata null"] = (SafetensorsWriter.Raw("{\"__metadata__\":{\"k\":null}}", 0), "metadata entry 'k' is not a string");
        corpus["metadata nested"] = (SafetensorsWriter.Raw("{\"__metadata__\":{\"k\":{}}}", 0), "metadata entry 'k' is not a string");
        corpus["metadata list"] = (SafetensorsWriter.Raw("{\"__metadata__\":[]}", 0), "'__metadata__' is not an object");
        corpus["metadata twice"] = (SafetensorsWriter.Raw("{\"__metadata__\":{},\"__metadata__\":{}}", 0), "'__metadata__' occurs twice");
        corpus["metadata key twice"] = (SafetensorsWriter.Raw("{\"__metadata__\":{\"k\":\"1\",\"k\":\"1\"}}", 0), "metadata key 'k' occurs twice");
        corpus["metadata flood"] = (
            SafetensorsWriter.Raw($"{{\"__metadata__\":{{{string.Join(',', Enumerable.Range(0, 10_001).Select(i => $"\"{i}\":\"\""))}}}}}", 0),
            "more than the 10000 metadata entries");
        corpus["control characters in a name"] = (
            SafetensorsWriter.Raw("{\"a\\nb" + new string('x', 500) + "\":1}", 0), "'a\uFFFDb" + new string('x', 77) + "…' is not an object");
    }

    private static byte[] Tensor(string inner, int dataBytes) => SafetensorsWriter.Raw($"{{\"a\":{{{inner}}}}}", dataBytes);

    private static byte[] Shaped(string shape) => Tensor($"\"dtype\":\"F64\",\"shape\":[{shape}],\"data_offsets\":[0,0]", 0);

    private static byte[] Two(string first, string second, int dataBytes, string nameOfFirst = "a", string nameOfSecond = "b") =>
        SafetensorsWriter.Raw($"{{\"{nameOfFirst}\":{{{first}}},\"{nameOfSecond}\":{{{second}}}}}", dataBytes);

    private static string Sized(int begin, int end) => $"\"dtype\":\"U8\",\"shape\":[{end - begin}],\"data_offsets\":[{begin},{end}]";
}
