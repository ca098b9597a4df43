namespace RegionWebUI.Diffusion.Text.PromptTree;

/// <summary>The three ways of writing a number in a prompt, each a little different.</summary>
internal static class NumberText
{
    /// <summary>A weight, alone in a range but for white space: one sign, then digits and dots in any order.</summary>
    /// <returns>Where the number stands, or null.</returns>
    public static TextSpan? Weight(string text, int start, int end)
    {
        var number = Trimmed(text, start, end);
        var at = AfterSign(text, number);
        if (at == number.End)
        {
            return null;
        }

        while (at < number.End && (text[at] == '.' || PythonText.IsDigit(text[at])))
        {
            at++;
        }

        return at == number.End ? number : null;
    }

    /// <summary>A switch step, alone in a range but for white space: ASCII digits, at most one dot, perhaps an exponent.</summary>
    /// <returns>Where the number stands, or null.</returns>
    public static TextSpan? Switch(string text, int start, int end)
    {
        var number = Trimmed(text, start, end);
        var first = AfterSign(text, number);
        var at = AfterDigits(text, first, number.End);
        var digits = at - first;
        if (at < number.End && text[at] == '.')
        {
            var fraction = at + 1;
            at = AfterDigits(text, fraction, number.End);
            digits += at - fraction;
        }

        if (digits > 0 && at < number.End && text[at] is 'e' or 'E')
        {
            var exponent = AfterSign(text, new TextSpan(at + 1, number.End));
            at = AfterDigits(text, exponent, number.End);
            digits = at - exponent;
        }

        return digits > 0 && at == number.End ? number : null;
    }

    /// <summary>The weight at the end of a sub-prompt: a colon, white space, one sign, digits with at most one dot.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="start">First unit of the sub-prompt.</param>
    /// <param name="end">The unit after its last that is no white space.</param>
    /// <returns>Where the colon stands and where the number stands, or null.</returns>
    public static (int Colon, TextSpan Number)? AtEnd(string text, int start, int end)
    {
        var (first, dots) = (end, 0);
        while (first > start && (PythonText.IsDigit(text[first - 1]) || (text[first - 1] == '.' && ++dots == 1)))
        {
            first--;
        }

        if (end - first <= Math.Min(dots, 1))
        {
            return null;
        }

        if (first > start && text[first - 1] is '+' or '-')
        {
            first--;
        }

        var colon = PythonText.SkipSpaceBack(text, first, start) - 1;
        return colon >= start && text[colon] == ':' ? (colon, new TextSpan(first, end)) : null;
    }

    private static TextSpan Trimmed(string text, int start, int end)
    {
        var first = PythonText.SkipSpace(text, start, end);
        return new TextSpan(first, PythonText.SkipSpaceBack(text, end, first));
    }

    private static int AfterSign(string text, TextSpan number) =>
        number.Length > 0 && text[number.Start] is '+' or '-' ? number.Start + 1 : number.Start;

    private static int AfterDigits(string text, int at, int end)
    {
        while (at < end && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at;
    }
}
