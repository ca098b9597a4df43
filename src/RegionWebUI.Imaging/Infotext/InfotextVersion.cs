namespace RegionWebUI.Imaging.Infotext;

/// <summary>
/// The version that wrote an infotext, ordered as PEP 440 orders versions. <c>v1.7.0-224-gabc</c>, git's description of a commit, is the
/// 224th after 1.7.0.
/// </summary>
internal sealed class InfotextVersion : IComparable<InfotextVersion>
{
    // From first to last: a development build of the release, its alpha, beta and candidate, and the release itself.
    private static readonly string[][] _preLabels = [["alpha", "a"], ["beta", "b"], ["preview", "pre", "rc", "c"]];
    private static readonly string[][] _postLabels = [["post", "rev", "r"]];
    private static readonly string[][] _devLabels = [["dev"]];

    private readonly string _text;
    private int _at;

    // Numbers are digits without leading zeros, as they may be of any length; null stands for a part that is missing.
    private string _epoch = "";
    private string[] _release = [];
    private (int Stage, string Number)? _pre;
    private string? _post;
    private string? _dev;
    private bool _isLocal;

    private InfotextVersion(string text) => _text = text;

    /// <summary>Reads the value of the key <c>Version</c>.</summary>
    /// <returns>The version; null when the text is none, or missing.</returns>
    public static InfotextVersion? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var first = text.IndexOf('-', StringComparison.Ordinal);
        var second = first < 0 ? -1 : text.IndexOf('-', first + 1);
        if (first > 0 && second > first + 1)
        {
            text = text[..second];
        }

        var version = new InfotextVersion(PythonText.Strip(text).ToString().ToLowerInvariant());
        return version.TryRead() ? version : null;
    }

    /// <inheritdoc/>
    public int CompareTo(InfotextVersion? other)
    {
        if (other is null)
        {
            return 1;
        }

        Span<int> parts =
        [
            Compare(_epoch, other._epoch), CompareRelease(_release, other._release), Stage.CompareTo(other.Stage),
            Compare(_pre?.Number ?? "", other._pre?.Number ?? ""), Compare(_post, other._post), CompareDev(_dev, other._dev),
            _isLocal.CompareTo(other._isLocal),
        ];
        foreach (var part in parts)
        {
            if (part != 0)
            {
                return part;
            }
        }

        return 0;
    }

    private int Stage => _pre is { } pre ? pre.Stage : _post is null && _dev is not null ? -1 : _preLabels.Length;

    private static int Compare(string? a, string? b)
    {
        var byLength = (a?.Length ?? -1).CompareTo(b?.Length ?? -1);
        return byLength != 0 ? byLength : string.CompareOrdinal(a, b);
    }

    private static int CompareDev(string? a, string? b) =>
        a is null || b is null ? (a is null).CompareTo(b is null) : Compare(a, b);

    private static int CompareRelease(string[] a, string[] b)
    {
        for (var i = 0; i < Math.Max(a.Length, b.Length); i++)
        {
            var order = Compare(i < a.Length ? a[i] : "", i < b.Length ? b[i] : "");
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private bool TryRead()
    {
        _ = Take('v');
        if (!IsDigit(_at))
        {
            return false;
        }

        var release = new List<string> { Number() };
        if (Take('!'))
        {
            _epoch = release[0];
            if (!IsDigit(_at))
            {
                return false;
            }

            release[0] = Number();
        }

        while (_at < _text.Length && _text[_at] == '.' && IsDigit(_at + 1))
        {
            _at++;
            release.Add(Number());
        }

        _release = [.. release];
        _pre = Labelled(_preLabels);
        _post = Labelled(_postLabels)?.Number ?? BarePost();
        _dev = Labelled(_devLabels)?.Number;
        _isLocal = Take('+');
        return _isLocal ? SkipLocal() : _at == _text.Length;
    }

    // -5 alone means post5.
    private string? BarePost()
    {
        if (_at >= _text.Length || _text[_at] != '-' || !IsDigit(_at + 1))
        {
            return null;
        }

        _at++;
        return Number();
    }

    private (int Stage, string Number)? Labelled(string[][] stages)
    {
        var label = IsSeparator(_at) ? _at + 1 : _at;
        for (var stage = 0; stage < stages.Length; stage++)
        {
            foreach (var name in stages[stage])
            {
                if (_text.AsSpan(label).StartsWith(name, StringComparison.Ordinal))
                {
                    _at = label + name.Length;
                    _at = IsSeparator(_at) ? _at + 1 : _at;
                    return (stage, Number());
                }
            }
        }

        return null;
    }

    // Groups of letters and digits with one separator between.
    private bool SkipLocal()
    {
        var afterSeparator = true;
        for (; _at < _text.Length; _at++)
        {
            var separator = IsSeparator(_at);
            if ((separator && afterSeparator) || (!separator && !char.IsAsciiLetterOrDigit(_text[_at])))
            {
                return false;
            }

            afterSeparator = separator;
        }

        return !afterSeparator;
    }

    private string Number()
    {
        var start = _at;
        while (IsDigit(_at))
        {
            _at++;
        }

        return _text[start.._at].TrimStart('0');
    }

    private bool Take(char c)
    {
        var taken = _at < _text.Length && _text[_at] == c;
        _at += taken ? 1 : 0;
        return taken;
    }

    private bool IsDigit(int at) => at < _text.Length && char.IsAsciiDigit(_text[at]);

    private bool IsSeparator(int at) => at < _text.Length && _text[at] is '.' or '-' or '_';
}
