namespace RegionWebUI.Extensions.Tests;

/// <summary>A fenced block of a document.</summary>
/// <param name="Heading">The heading it stands under.</param>
/// <param name="Language">Its language; empty for a drawing.</param>
/// <param name="File">The file it is to be written to; empty for none.</param>
/// <param name="Text">What stands in it.</param>
internal sealed record GuideBlock(string Heading, string Language, string File, string Text);
