namespace RegionWebUI.Imaging.Tests.Codecs;

internal static class OneSentence
{
    public static bool Is(string message) => message.EndsWith('.') && !message.Contains(". ", StringComparison.Ordinal);
}
