using System.Collections.Immutable;
using System.Globalization;
using RegionWebUI.Diffusion.Checkpoints;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Checkpoints;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_EveryDType_IsKnownWithItsWidth()
    {
        const string Table = """
            BOOL 8, U8 8, I8 8, I16 16, U16 16, I32 32, U32 32, I64 64, U64 64, F16 16, BF16 16, F32 32, F64 64, C64 64, F8_E4M3 8, F8_E5M2 8,
            F8_E8M0 8, F8_E4M3FNUZ 8, F8_E5M2FNUZ 8, F6_E2M3 6, F6_E3M2 6, F4 4
            """;
        var bits = Table.Split(',', StringSplitOptions.TrimEntries)
            .Select(entry => entry.Split(' '))
            .ToDictionary(entry => entry[0], entry => int.Parse(entry[1], CultureInfo.InvariantCulture));
        var writer = new SafetensorsWriter();
        foreach (var (name, width) in bits)
        {
            writer.Add(name, name, [2, 4], new byte[width]);
        }

        var file = Open(writer.ToBytes());

        Assert.Equal(bits.Keys.Order(), Enum.GetValues<SafetensorsDType>().Select(type => type.Name()).Order());
        Assert.Equal(bits.Keys, file.InFileOrder.Select(tensor => tensor.Name));
        Assert.All(file.InFileOrder, tensor => Assert.Equal((tensor.Name, (long)bits[tensor.Name]), (tensor.DType.Name(), tensor.ByteLength)));
    }

    [Fact]
    public void Open_ScalarAndEmptyTensors_ArePlaced()
    {
        var file = Open(new SafetensorsWriter()
            .Add<float>("empty", "F32", [0, 9_000_000_000])
            .Add("scalar", "F32", [], 7f)
            .Add<float>("none", "F32", [3, 0])
            .Add("last", "U8", [3], (byte)1, (byte)2, (byte)3)
            .ToBytes(reversed: true));

        Assert.Equal(1, file.Tensors["scalar"].ElementCount);
        Assert.Equal([7f], file.ReadFloats("scalar"));
        Assert.Empty(file.ReadFloats("empty"));
        Assert.Equal([0, 9_000_000_000], file.Tensors["empty"].Shape.ToArray());
        var bytes = new byte[3];
        file.ReadBytes(file.Tensors["last"], bytes);
        Assert.Equal([1, 2, 3], bytes);
        Assert.Equal(file.Length, file.Tensors["last"].End);
    }

    [Fact]
    public void Open_NoTensors_IsAFile() => Assert.Empty(Open(SafetensorsWriter.Raw("{}", 0)).Tensors);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(300_000)]
    public void Open_HeaderPaddedBySpaces_MovesOffsets(int pad)
    {
        var bytes = new SafetensorsWriter().Metadata(("format", "pt"), ("ключ", "значение\n")).Add("a", "F32", [2], 1f, 2f).ToBytes(pad);

        var file = Open(bytes);

        Assert.Equal(bytes.Length - 8, file.Tensors["a"].Offset);
        Assert.Equal([1f, 2f], file.ReadFloats("a"));
        Assert.Equal("значение\n", file.Metadata["ключ"]);
    }

    [Fact]
    public void Open_NamesLongerThanTheBuffer_AreRead()
    {
        var name = string.Concat(Enumerable.Repeat("é🙂\"\\", 60_000));

        var file = Open(new SafetensorsWriter().Add("x", "U8", [1], (byte)9).Add(name, "F32", [1], 5f).ToBytes());

        Assert.Equal([5f], file.ReadFloats(name));
    }

    [Fact]
    public void ReadFloats_EveryFloatType_KeepsValues()
    {
        float[] values = [0f, -0f, 1f, -2.5f, 65504f, float.PositiveInfinity, float.NegativeInfinity, float.NaN, 5.9604645e-8f];
        var file = Open(new SafetensorsWriter()
            .Add("odd", "U8", [1], (byte)1)
            .Add("f32", "F32", [9], values)
            .Add("f64", "F64", [9], Array.ConvertAll(values, v => (double)v))
            .Add("f16", "F16", [9], Array.ConvertAll(values, v => (Half)v))
            .Add("bf16", "BF16", [9], Array.ConvertAll(values, v => (ushort)(BitConverter.SingleToUInt32Bits(v) >> 16)))
            .ToBytes());

        Assert.Equal(values, file.ReadFloats("f32"));
        Assert.Equal(values, file.ReadFloats("f64"));
        Assert.Equal(values, file.ReadFloats("f16"));
        Assert.Equal(
            Array.ConvertAll(values, v => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(v) & 0xFFFF0000)),
            file.ReadFloats("bf16"));
    }

    [Fact]
    public void ReadFloats_LongerThanOneBlock_KeepsEveryValue()
    {
        const int Count = (1 << 20) + 37;
        var halves = new Half[Count];
        var upper = new ushort[Count];
        for (var i = 0; i < Count; i++)
        {
            halves[i] = BitConverter.UInt16BitsToHalf((ushort)(i % 0x7C00));
            upper[i] = (ushort)(i % 0x7F80);
        }

        var file = Open(new SafetensorsWriter().Add("f16", "F16", [Count], halves).Add("bf16", "BF16", [Count], upper).ToBytes());

        Assert.Equal(Array.ConvertAll(halves, h => (float)h), file.ReadFloats("f16"));
        Assert.Equal(Array.ConvertAll(upper, u => BitConverter.UInt32BitsToSingle((uint)u << 16)), file.ReadFloats("bf16"));
    }

    [Fact]
    public void ReadFloats_NoFloatsOrNoTensor_IsRefusedByName()
    {
        var file = Open(new SafetensorsWriter().Add("ids", "I64", [1], 1L).ToBytes());

        Assert.Contains("'ids' of 'x.safetensors' is I64", Assert.Throws<SafetensorsFormatException>(() => file.ReadFloats("ids")).Message);
        Assert.Contains("no tensor 'absent'", Assert.Throws<SafetensorsFormatException>(() => file.ReadFloats("absent")).Message);
    }

    [Fact]
    public void ReadFloats_FileCutAfterOpening_IsRefused()
    {
        var file = Open(new SafetensorsWriter().Add("a", "F32", [4], 1f, 2f, 3f, 4f).ToBytes());
        using (var stream = File.OpenWrite(file.Path))
        {
            stream.SetLength(file.Length - 4);
        }

        Assert.Contains("changed after it was opened", Assert.Throws<SafetensorsFormatException>(() => file.ReadFloats("a")).Message);
    }

    [Fact]
    public void ReadFloats_Cancelled_Stops()
    {
        var file = Open(new SafetensorsWriter().Add("a", "F32", [1], 1f).ToBytes());

        Assert.Throws<OperationCanceledException>(() => file.ReadFloats("a", new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Open_Afterwards_NobodyIsLockedOut()
    {
        var file = Open(new SafetensorsWriter().Add("a", "F32", [1], 1f).ToBytes());
        using (var reader = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read))
        {
            Assert.Equal([1f], file.ReadFloats("a"));
        }

        using var writer = new FileStream(file.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.True(writer.CanWrite);
    }

    [Fact]
    public void Open_LinkToLink_NamesTheFileItself()
    {
        var real = _folder.Write("blobs/0123", new SafetensorsWriter().Add("a", "F32", [1], 1f).ToBytes());
        Directory.CreateDirectory(Path.Combine(_folder.Path, "snapshot"));
        var middle = Path.Combine(_folder.Path, "middle");
        File.CreateSymbolicLink(middle, "blobs/0123");
        var link = Path.Combine(_folder.Path, "snapshot", "model.safetensors");
        File.CreateSymbolicLink(link, "../middle");

        var file = SafetensorsFile.Open(link);

        Assert.Equal(real, file.Path);
        Assert.Equal("model.safetensors", file.DisplayName);
    }

    [Fact]
    public void Open_PocketUnet_CoversTheFile()
    {
        var file = SafetensorsFile.Open(Path.Combine(Repository.PocketModel, "unet", "diffusion_pytorch_model.safetensors"));

        Assert.Equal(ImmutableArray.Create(96L, 4, 3, 3), file.Tensors["conv_in.weight"].Shape.AsEnumerable());
        Assert.All(file.ReadFloats("conv_in.weight"), value => Assert.True(float.IsFinite(value)));
        Assert.Equal(file.Length, file.InFileOrder[0].Offset + file.InFileOrder.Sum(tensor => tensor.ByteLength));
    }

    private SafetensorsFile Open(byte[] bytes) => SafetensorsFile.Open(_folder.Write("x.safetensors", bytes));
}
