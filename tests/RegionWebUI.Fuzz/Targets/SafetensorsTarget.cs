using RegionWebUI.Diffusion.Checkpoints;
using RegionWebUI.Fuzz.Mutations;
using RegionWebUI.TestKit;

namespace RegionWebUI.Fuzz.Targets;

/// <summary>Heads of weights files: the tensors of one that is read lie side by side in the file; any other is refused with one sentence.</summary>
internal sealed class SafetensorsTarget : FuzzTarget, IDisposable
{
    private const string FileName = "weights.safetensors";

    private readonly TemporaryFolder _folder = new();

    /// <inheritdoc/>
    public override string Name => "safetensors";

    /// <inheritdoc/>
    public override int LongestInput => 200_000;

    /// <inheritdoc/>
    public override long MostAllocated => 256 << 10;

    /// <summary>Four times the header, twice; values as float32; and what is read of the file.</summary>
    public override long MostAllocatedPerByte => 16;

    /// <inheritdoc/>
    public override double MostMicrosecondsPerByte => 2;

    /// <inheritdoc/>
    protected override IReadOnlyList<byte[]> Tokens { get; } = SafetensorsMutation.Tokens;

    /// <inheritdoc/>
    public override void Read(byte[] input, Trail trail)
    {
        try
        {
            using var stream = new MemoryStream(input);
            var header = SafetensorsHeader.Read(stream, input.Length, FileName);
            trail.Accept();
            Check(header, input, trail);
            ReadValues(input, header, trail);
        }
        catch (SafetensorsFormatException refused)
        {
            Promise.IsMessage(refused.Message);
            trail.Refuse(refused.Message);
        }
    }

    /// <summary>Removes the folder that files are read from.</summary>
    public void Dispose() => _folder.Dispose();

    /// <inheritdoc/>
    protected override byte[] Change(byte[] input, byte[] other, Random random) => SafetensorsMutation.Change(input, other, random);

    private static void Check(SafetensorsHeader header, byte[] input, Trail trail)
    {
        var next = 8 + BitConverter.ToInt64(input);
        foreach (var tensor in header.Tensors)
        {
            Promise.IsInside(tensor.Offset, tensor.End, input.Length, "tensor");
            Promise.Keep(tensor.Offset == next, "Two tensors overlap or leave a hole.");
            Promise.Keep(ReferenceEquals(header.ByName[tensor.Name], tensor), "A tensor is not found by its name.");
            var bits = (UInt128)tensor.DType.Bits() * (UInt128)tensor.ElementCount;
            Promise.Keep(bits == (UInt128)tensor.ByteLength * 8, "A tensor has more or fewer bytes than its shape.");
            next = tensor.End;
            trail.Mark($"{tensor.DType} rank", tensor.Shape.Length);
            trail.Add(tensor.Name);
            trail.Add(tensor.Offset);
        }

        Promise.Keep(next == input.Length, "Bytes are left over behind the last tensor.");
        Promise.Keep(header.ByName.Count == header.Tensors.Count, "A name stands for two tensors.");
        trail.Mark("tensors", header.Tensors.Count);
        trail.Mark("metadata", header.Metadata.Count);
    }

    private void ReadValues(byte[] input, SafetensorsHeader header, Trail trail)
    {
        var file = SafetensorsFile.Open(_folder.Write(FileName, input));
        Promise.Keep(file.Length == input.Length && file.InFileOrder.Count == header.Tensors.Count, "The file is not what its bytes are.");
        foreach (var tensor in file.InFileOrder.Take(4))
        {
            var bytes = new byte[tensor.ByteLength];
            file.ReadBytes(tensor, bytes);
            Promise.Keep(bytes.AsSpan().SequenceEqual(input.AsSpan((int)tensor.Offset, bytes.Length)), "A tensor's bytes are others.");
            trail.Add(bytes);
            if (FloatConversion.Supports(tensor.DType))
            {
                Promise.Keep(file.ReadFloats(tensor.Name).Length == tensor.ElementCount, "A tensor has another number of values.");
            }
        }

        file.ReadFloats(file.InFileOrder.Count > 0 ? file.InFileOrder[^1].Name : "none");
    }
}
