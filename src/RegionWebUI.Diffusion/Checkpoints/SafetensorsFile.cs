using Microsoft.Win32.SafeHandles;

namespace RegionWebUI.Diffusion.Checkpoints;

/// <summary>
/// A .safetensors file whose every rule was checked. Nothing stays open between calls: others may read the file, and ONNX Runtime may map it,
/// at any time.
/// </summary>
internal sealed class SafetensorsFile
{
    private readonly SafetensorsHeader _header;

    private SafetensorsFile(string path, string displayName, long length, SafetensorsHeader header)
    {
        Path = path;
        DisplayName = displayName;
        Length = length;
        _header = header;
    }

    /// <summary>Full path of the file itself: links are followed to their end, as ONNX Runtime refuses links that leave a folder.</summary>
    public string Path { get; }

    /// <summary>The name that messages use.</summary>
    public string DisplayName { get; }

    /// <summary>Length of the whole file in bytes.</summary>
    public long Length { get; }

    /// <summary>The file's free-form entries (<c>__metadata__</c>).</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>Tensors by name; letter case counts.</summary>
    public IReadOnlyDictionary<string, SafetensorsTensor> Tensors => _header.ByName;

    /// <summary>Tensors in the order of their bytes.</summary>
    public IReadOnlyList<SafetensorsTensor> InFileOrder => _header.Tensors;

    /// <summary>Opens a file, checks it and closes it again.</summary>
    /// <param name="path">The file, or a link to it.</param>
    /// <param name="displayName">The name that messages use; null takes the file name.</param>
    /// <exception cref="SafetensorsFormatException">A rule of the format is broken.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static SafetensorsFile Open(string path, string? displayName = null)
    {
        var named = System.IO.Path.GetFullPath(path);
        var real = File.ResolveLinkTarget(named, returnFinalTarget: true)?.FullName ?? named;
        displayName ??= System.IO.Path.GetFileName(named);
        using var stream = OpenStream(real);
        var length = stream.Length;
        return new SafetensorsFile(real, displayName, length, SafetensorsHeader.Read(stream, length, displayName));
    }

    /// <summary>Values of an F16, BF16, F32 or F64 tensor as float32, row-major.</summary>
    /// <param name="name">The tensor's key.</param>
    /// <param name="cancellationToken">Ends the reading between two blocks.</param>
    /// <exception cref="SafetensorsFormatException">
    /// There is no such tensor, it holds other numbers, or the file has changed since it was opened.
    /// </exception>
    public float[] ReadFloats(string name, CancellationToken cancellationToken = default)
    {
        if (!Tensors.TryGetValue(name, out var tensor))
        {
            throw new SafetensorsFormatException($"The weights file '{DisplayName}' has no tensor {UntrustedText.Quote(name)}.");
        }

        if (!FloatConversion.Supports(tensor.DType))
        {
            throw new SafetensorsFormatException(
                $"The tensor {UntrustedText.Quote(name)} of '{DisplayName}' is {tensor.DType.Name()}, not F16, BF16, F32 or F64.");
        }

        if (tensor.ElementCount > Array.MaxLength)
        {
            throw new SafetensorsFormatException(
                $"The tensor {UntrustedText.Quote(name)} of '{DisplayName}' has {tensor.ElementCount} elements, more than {Array.MaxLength}.");
        }

        var values = new float[tensor.ElementCount];
        using var handle = OpenUnchanged();
        FloatConversion.Read(handle, tensor, values, cancellationToken);
        return values;
    }

    /// <summary>Copies the raw bytes of a tensor.</summary>
    /// <param name="tensor">A tensor of this file.</param>
    /// <param name="destination">Exactly as long as the tensor.</param>
    /// <exception cref="SafetensorsFormatException">The file has changed since it was opened.</exception>
    public void ReadBytes(SafetensorsTensor tensor, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, tensor.ByteLength);
        using var handle = OpenUnchanged();
        FloatConversion.ReadExactly(handle, tensor.Offset, destination);
    }

    /// <summary>The whole file from its first byte, for one reader from front to end.</summary>
    public Stream OpenRead() => OpenStream(Path);

    private static FileStream OpenStream(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);

    private SafeFileHandle OpenUnchanged()
    {
        var handle = File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var length = RandomAccess.GetLength(handle);
        if (length == Length)
        {
            return handle;
        }

        handle.Dispose();
        throw new SafetensorsFormatException(
            $"The weights file '{DisplayName}' was changed after it was opened: it had {Length} bytes and has {length}.");
    }
}
