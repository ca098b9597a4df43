namespace RegionWebUI.Host.Extensions;

/// <summary>An option of an extension's command.</summary>
/// <param name="Name">Its name without dashes, in small letters with '-' between words.</param>
/// <param name="Label">Name as people read it.</param>
/// <param name="Help">One sentence with the legal values.</param>
/// <param name="IsFlag">Whether it stands without a value.</param>
public sealed record ExtensionOption(string Name, string Label, string Help, bool IsFlag);
