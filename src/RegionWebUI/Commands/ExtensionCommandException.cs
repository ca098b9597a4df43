namespace RegionWebUI.Commands;

/// <summary>A command of an extension ended with an error of its own.</summary>
/// <param name="extension">Id of the extension.</param>
/// <param name="verb">The verb.</param>
/// <param name="inner">The error.</param>
internal sealed class ExtensionCommandException(string extension, string verb, Exception inner)
    : Exception($"'{verb}' of the extension '{extension}' ended with an error ({OneLine.Of(inner.Message)}).", inner);
