namespace RegionWebUI.Sdk;

/// <summary>What an extension declares cannot be taken; the extension is listed with this reason and not used.</summary>
/// <param name="message">One sentence that names what is wrong.</param>
public sealed class ExtensionDeclarationException(string message) : Exception(message);
