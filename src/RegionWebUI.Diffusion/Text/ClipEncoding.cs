using System.Collections.Immutable;

namespace RegionWebUI.Diffusion.Text;

/// <summary>A prompt as tokens, without start and end, not cut.</summary>
/// <param name="Prompt">The prompt as given.</param>
/// <param name="Tokens">Its tokens; starts and ends never go backwards.</param>
internal sealed record ClipEncoding(string Prompt, ImmutableArray<ClipToken> Tokens)
{
    /// <summary>The ids alone.</summary>
    public ImmutableArray<int> Ids => [.. Tokens.Select(token => token.Id)];

    /// <summary>The characters of the prompt that a token stands for, as typed.</summary>
    /// <param name="token">Index into <see cref="Tokens"/>.</param>
    public string TextOf(int token) => Prompt[Tokens[token].Start..Tokens[token].End];
}
