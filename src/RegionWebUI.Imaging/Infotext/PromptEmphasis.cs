using System.Buffers;

namespace RegionWebUI.Imaging.Infotext;

/// <summary>
/// Whether a prompt weighs any of its words, as A1111 v1.10.1 sees it: <c>(x)</c> times 1.1, <c>[x]</c> divided by 1.1, <c>(x:1.2)</c>
/// times 1.2, backslashes escape, unclosed brackets reach to the end, and <c>BREAK</c> has no weight.
/// </summary>
internal sealed class PromptEmphasis
{
    private const double Round = 1.1;
    private const double Square = 1 / 1.1;
    private const string Break = "BREAK";

    // Brackets nested thousands deep would take time quadratic in the prompt's length; beyond this many products the answer is yes.
    private const long MostProducts = 5_000_000;

    private static readonly SearchValues<char> _marks = SearchValues.Create(@"\()[]:");

    private readonly string _prompt;
    private readonly List<(string Text, double Weight)> _pieces = [];
    private readonly Stack<int> _round = [];
    private readonly Stack<int> _square = [];
    private long _products;

    private PromptEmphasis(string prompt) => _prompt = prompt;

    /// <summary>Reads a prompt.</summary>
    /// <param name="prompt">The prompt as written.</param>
    /// <returns>True when a piece other than <c>BREAK</c> ends up with a weight that is not exactly 1.</returns>
    /// <exception cref="FormatException">A weight such as <c>1..2</c> is no number.</exception>
    public static bool IsUsed(string prompt)
    {
        var reading = new PromptEmphasis(prompt);
        reading.ReadAll();
        return reading._products > MostProducts || reading.HasWeight();
    }

    private void ReadAll()
    {
        for (var at = 0; at < _prompt.Length;)
        {
            at = ReadToken(at);
        }

        foreach (var from in _round)
        {
            Multiply(from, Round);
        }

        foreach (var from in _square)
        {
            Multiply(from, Square);
        }
    }

    private int ReadToken(int at)
    {
        switch (_prompt[at])
        {
            case '\\':
                var escaped = at + 1 < _prompt.Length && _prompt[at + 1] is '(' or ')' or '[' or ']' or '\\';
                _pieces.Add((escaped ? _prompt.Substring(at + 1, 1) : "", 1));
                return escaped ? at + 2 : at + 1;
            case '(':
                _round.Push(_pieces.Count);
                return at + 1;
            case '[':
                _square.Push(_pieces.Count);
                return at + 1;
            case ')' when _round.Count > 0:
                Multiply(_round.Pop(), Round);
                return at + 1;
            case ']' when _square.Count > 0:
                Multiply(_square.Pop(), Square);
                return at + 1;
            case ':':
                return ReadColon(at);
            case ')' or ']':
                _pieces.Add((_prompt.Substring(at, 1), 1));
                return at + 1;
            default:
                var length = _prompt.AsSpan(at).IndexOfAny(_marks);
                var end = length < 0 ? _prompt.Length : at + length;
                AddText(_prompt.AsSpan(at, end - at));
                return end;
        }
    }

    // A colon, a number and a closing bracket are one token, also where no bracket is open and they are plain text.
    private int ReadColon(int at)
    {
        var start = PythonText.SkipSpace(_prompt, at + 1);
        var end = start < _prompt.Length && _prompt[start] is '+' or '-' ? start + 1 : start;
        var digits = end;
        while (end < _prompt.Length && (_prompt[end] == '.' || PythonText.DigitAt(_prompt, end, out _) >= 0))
        {
            end = _prompt[end] == '.' ? end + 1 : PythonText.SkipDigits(_prompt, end);
        }

        var close = PythonText.SkipSpace(_prompt, end);
        if (end == digits || close == _prompt.Length || _prompt[close] != ')')
        {
            _pieces.Add((":", 1));
            return at + 1;
        }

        if (_round.Count > 0)
        {
            Multiply(_round.Pop(), Weight(_prompt[start..end]));
        }
        else
        {
            _pieces.Add((_prompt[at..(close + 1)], 1));
        }

        return close + 1;
    }

    private static double Weight(string text) => PythonInput.TryFloat(text, out var weight)
        ? weight
        : throw new FormatException($"The weight '{PythonInput.Show(text)}' in the prompt is not a number such as 1.2.");

    private void AddText(ReadOnlySpan<char> text)
    {
        var start = 0;
        for (var at = NextBreak(text, 0); at >= 0; at = NextBreak(text, start))
        {
            var end = at;
            while (end > start && PythonText.IsSpace(text[end - 1]))
            {
                end--;
            }

            _pieces.Add((text[start..end].ToString(), 1));
            _pieces.Add((Break, -1));
            start = PythonText.SkipSpace(text, at + Break.Length);
        }

        _pieces.Add((text[start..].ToString(), 1));
    }

    private static int NextBreak(ReadOnlySpan<char> text, int from)
    {
        while (text[from..].IndexOf(Break, StringComparison.Ordinal) is >= 0 and var found)
        {
            var at = from + found;
            if (!PythonText.IsWordBefore(text, at) && !PythonText.IsWordAfter(text, at + Break.Length))
            {
                return at;
            }

            from = at + Break.Length;
        }

        return -1;
    }

    private void Multiply(int from, double factor)
    {
        _products += _pieces.Count - from;
        for (var i = from; i < _pieces.Count && _products <= MostProducts; i++)
        {
            _pieces[i] = (_pieces[i].Text, _pieces[i].Weight * factor);
        }
    }

    // Neighbours of equal weight are one piece, which matters for a BREAK that is put together or torn apart by escapes.
    private bool HasWeight()
    {
        for (var i = 0; i < _pieces.Count;)
        {
            var (text, weight) = _pieces[i];
            for (i++; i < _pieces.Count && _pieces[i].Weight == weight; i++)
            {
                text = text.Length > Break.Length ? text : text + _pieces[i].Text;
            }

            if (weight != 1 && text != Break)
            {
                return true;
            }
        }

        return false;
    }
}
