using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace RegionWebUI.Diffusion.Checkpoints;

/// <summary>
/// The weights of one network, out of one file or several. Names are those of diffusers and transformers; a leading <c>text_model.</c> counts for
/// nothing, neither in the files nor in a question, since writers disagree about it. Buffers named <c>position_ids</c> are left out.
/// </summary>
internal sealed class WeightSet
{
    private const string OptionalPrefix = "text_model.";
    private const int HashDigits = 10;

    private readonly Dictionary<string, Weight> _weights = new(StringComparer.Ordinal);
    private readonly Lock _hashing = new();
    private string? _hash;

    private WeightSet(string displayName, IReadOnlyList<SafetensorsFile> files)
    {
        DisplayName = displayName;
        Files = files;
    }

    /// <summary>The name that messages use.</summary>
    public string DisplayName { get; }

    /// <summary>The files, in the order of their names.</summary>
    public IReadOnlyList<SafetensorsFile> Files { get; }

    /// <summary>Number of tensors.</summary>
    public int Count => _weights.Count;

    /// <summary>Names of all tensors, without <c>text_model.</c>, in the order of files and bytes.</summary>
    public IEnumerable<string> Names => _weights.Keys;

    /// <summary>Bytes of all tensors as stored.</summary>
    public long TotalBytes => _weights.Values.Sum(weight => weight.Tensor.ByteLength);

    /// <summary>All tensors of one file.</summary>
    /// <exception cref="ModelException">Two tensors have the same name but for <c>text_model.</c>.</exception>
    public static WeightSet Of(SafetensorsFile file)
    {
        var set = new WeightSet(file.DisplayName, [file]);
        foreach (var tensor in file.InFileOrder)
        {
            set.Add(file, tensor);
        }

        return set;
    }

    /// <summary>The tensors that an index names, each out of the file it names.</summary>
    /// <param name="displayName">Name of the index for messages.</param>
    /// <param name="files">The files by the names that the index uses.</param>
    /// <param name="weightMap">Tensor name to file name.</param>
    /// <exception cref="ModelException">A file lacks a tensor, or two have the same name but for <c>text_model.</c>.</exception>
    public static WeightSet Of(
        string displayName,
        IReadOnlyDictionary<string, SafetensorsFile> files,
        IReadOnlyDictionary<string, string> weightMap)
    {
        var ordered = files.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value).ToArray();
        var set = new WeightSet(displayName, ordered);
        foreach (var (name, fileName) in weightMap)
        {
            var file = files[fileName];
            if (!file.Tensors.TryGetValue(name, out var tensor))
            {
                throw new ModelException(
                    $"The weights index '{displayName}' places {UntrustedText.Quote(name)} in '{file.DisplayName}', which does not hold it.");
            }

            set.Add(file, tensor);
        }

        return set;
    }

    /// <summary>The tensor of a name; null where there is none.</summary>
    public Weight? Find(string name) => TryFind(name, out var weight) ? weight : null;

    /// <summary>The tensor of a name; false where there is none.</summary>
    public bool TryFind(string name, [MaybeNullWhen(false)] out Weight weight) => _weights.TryGetValue(Normalized(name), out weight);

    /// <summary>The tensor of a name.</summary>
    /// <exception cref="ModelException">There is none.</exception>
    public Weight Get(string name) => TryFind(name, out var weight)
        ? weight
        : throw new ModelException($"The weights '{DisplayName}' lack the tensor '{name}', which the network's configuration asks for.");

    /// <summary>Values of a tensor as float32, row-major.</summary>
    /// <exception cref="ModelException">There is none, it does not hold floats, or the file has changed since it was opened.</exception>
    public float[] ReadFloats(string name, CancellationToken cancellationToken = default)
    {
        try
        {
            return Get(name).ReadFloats(cancellationToken);
        }
        catch (SafetensorsFormatException error)
        {
            throw new ModelException(error.Message, error);
        }
    }

    /// <summary>
    /// First 10 lower-case hex digits of the SHA-256 of the files' bytes, one after the other: A1111's "Model hash". Computed once and kept.
    /// </summary>
    /// <param name="cancellationToken">Ends the reading between two blocks.</param>
    /// <exception cref="ModelException">A file cannot be read.</exception>
    public string ShortHash(CancellationToken cancellationToken = default)
    {
        lock (_hashing)
        {
            return _hash ??= ComputeHash(cancellationToken);
        }
    }

    private string ComputeHash(CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[1 << 20];
        foreach (var file in Files)
        {
            try
            {
                using var stream = file.OpenRead();
                for (int read; (read = stream.Read(block)) > 0;)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    hash.AppendData(block, 0, read);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new ModelException($"The weights file '{file.DisplayName}' cannot be read: {error.Message}", error);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..HashDigits];
    }

    private void Add(SafetensorsFile file, SafetensorsTensor tensor)
    {
        var name = Normalized(tensor.Name);
        if (name == "position_ids" || name.EndsWith(".position_ids", StringComparison.Ordinal))
        {
            return;
        }

        if (!_weights.TryAdd(name, new Weight(file, tensor)))
        {
            throw new ModelException(
                $"The weights '{DisplayName}' hold the tensor {UntrustedText.Quote(name)} twice, with and without '{OptionalPrefix}'.");
        }
    }

    private static string Normalized(string name) => name.StartsWith(OptionalPrefix, StringComparison.Ordinal) ? name[OptionalPrefix.Length..] : name;
}
