using CsCheck;

namespace RegionWebUI.Diffusion.Tests.Text.PromptTree;

/// <summary>Random prompts made of what has a meaning.</summary>
internal static class PromptTexts
{
    private static readonly string[] _pieces =
    [
        "a", "red cat", ", ", "(", ")", "[", "]", ":", "|", "\\", "\n", "#", "# x\n", "<", ">", "<lora:x:1>", "<l:", " BREAK ", "BREAK",
        " AND ", "AND",
        "1", "0.5", ".", "-1", "1e9", "1e999", "1..2", " ", "\u001C",
        "(x:1.2)", "[a:b:5]", "[a|b]", ":1.3)", ":3]", "é", "日", "\u0301", "\U00020000", "\uD800",
    ];

    /// <summary>Any mix of them, and now and then any characters.</summary>
    public static Gen<string> Any { get; } = Gen.Frequency(
        (9, Gen.Int[0, _pieces.Length - 1].Array[0, 30].Select(chosen => string.Concat(chosen.Select(i => _pieces[i])))),
        (1, Gen.Char.Array[0, 40].Select(characters => new string(characters))));

    /// <summary>Repeated to the longest prompt a request may have, each is as bad as it gets for its length.</summary>
    public static TheoryData<string> Worst { get; } =
    [
        "a", "(", "[", ")", "(a", "[a", "[a:", "[a:b:5]", "[[a|b]", "([", "(])", "|", "\\", "<a:", "#\n", "# ",
        " AND ", "BREAK", "BREAK ", ":", ": ", ":1", "(a:1.1)", "(a[a",
        "[:5", "AND(", "<lora:x:1>",
    ];
}
