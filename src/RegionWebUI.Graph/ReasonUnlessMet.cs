using System.Runtime.CompilerServices;

namespace RegionWebUI.Graph;

/// <summary>The text of a refusal, which is put together only when the condition before it is not met.</summary>
[InterpolatedStringHandler]
internal ref struct ReasonUnlessMet
{
    private DefaultInterpolatedStringHandler _text;

    /// <summary>Called by the compiler.</summary>
    public ReasonUnlessMet(int literalLength, int formattedCount, bool condition, out bool isNeeded)
    {
        isNeeded = !condition;
        _text = isNeeded ? new DefaultInterpolatedStringHandler(literalLength, formattedCount) : default;
    }

    /// <summary>Called by the compiler.</summary>
    public void AppendLiteral(string value) => _text.AppendLiteral(value);

    /// <summary>Called by the compiler.</summary>
    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    /// <summary>The text, once.</summary>
    public string Take() => _text.ToStringAndClear();
}
