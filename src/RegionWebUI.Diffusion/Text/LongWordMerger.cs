using System.Text;

namespace RegionWebUI.Diffusion.Text;

/// <summary>
/// Byte-pair merging for words of any length. Microsoft.ML.Tokenizers gives the same ids, but its time grows with the square of the word's length:
/// a second for 32,768 Chinese characters without a space.
/// </summary>
internal sealed class LongWordMerger
{
    private const int None = -1;

    private readonly int[] _byteIds = new int[256];
    private readonly int[] _lastByteIds = new int[256];
    private readonly Dictionary<(int Left, int Right), (int Rank, int Product)> _merges;

    /// <param name="files">Checked vocabulary and merges.</param>
    public LongWordMerger(TokenizerFiles files)
    {
        var value = 0;
        foreach (var symbol in TokenizerFiles.ByteSymbols())
        {
            _byteIds[value] = files.Vocabulary[symbol];
            _lastByteIds[value++] = files.Vocabulary[symbol + TokenizerFiles.EndOfWord];
        }

        _merges = new(files.Merges.Count);
        foreach (var merge in files.Merges)
        {
            var space = merge.IndexOf(' ');
            var (left, right) = (merge[..space], merge[(space + 1)..]);
            _merges.Add((files.Vocabulary[left], files.Vocabulary[right]), (_merges.Count, files.Vocabulary[left + right]));
        }
    }

    /// <summary>The ids of one word: the pair of lowest rank is merged first, from the left, until none is left.</summary>
    /// <param name="word">One word, not empty.</param>
    public List<int> Merge(string word)
    {
        var bytes = Encoding.UTF8.GetBytes(word);
        var ids = Array.ConvertAll(bytes, value => _byteIds[value]);
        ids[^1] = _lastByteIds[bytes[^1]];
        var next = new int[ids.Length];
        var previous = new int[ids.Length];
        var queue = new PriorityQueue<(int Left, int LeftId, int RightId), (int Rank, int Left)>();
        for (var i = 0; i < ids.Length; i++)
        {
            previous[i] = i - 1;
            next[i] = i + 1 < ids.Length ? i + 1 : None;
            Propose(i - 1, i);
        }

        while (queue.TryDequeue(out var pair, out _))
        {
            var right = ids[pair.Left] == pair.LeftId ? next[pair.Left] : None;
            if (right == None || ids[right] != pair.RightId)
            {
                continue;
            }

            ids[pair.Left] = _merges[(pair.LeftId, pair.RightId)].Product;
            ids[right] = None;
            next[pair.Left] = next[right];
            if (next[right] != None)
            {
                previous[next[right]] = pair.Left;
            }

            Propose(previous[pair.Left], pair.Left);
            Propose(pair.Left, next[pair.Left]);
        }

        return [.. ids.Where(id => id != None)];

        void Propose(int left, int right)
        {
            if (left != None && right != None && _merges.TryGetValue((ids[left], ids[right]), out var merge))
            {
                queue.Enqueue((left, ids[left], ids[right]), (merge.Rank, left));
            }
        }
    }
}
