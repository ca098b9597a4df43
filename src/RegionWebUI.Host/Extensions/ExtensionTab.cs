namespace RegionWebUI.Host.Extensions;

/// <summary>A tab that an extension brings to the page.</summary>
/// <param name="Extension">Id of the extension.</param>
/// <param name="Component">A Razor component without required parameters.</param>
/// <param name="Title">Text of the tab.</param>
/// <param name="Address">Path of its page, <c>/ext/id/title-in-small-letters</c>; unique.</param>
public sealed record ExtensionTab(string Extension, Type Component, string Title, string Address);
