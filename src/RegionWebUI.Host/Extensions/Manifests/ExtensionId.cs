using System.Text.RegularExpressions;

namespace RegionWebUI.Host.Extensions.Manifests;

/// <summary>The form of an extension's id.</summary>
internal static partial class ExtensionId
{
    /// <summary>The form in words.</summary>
    public const string Described = "1..40 lower-case letters, digits and '-', from a letter on";

    /// <summary>The form of the whole text.</summary>
    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,39}\z", RegexOptions.CultureInvariant)]
    public static partial Regex Form { get; }

    /// <summary>Whether a text can be an id.</summary>
    public static bool IsLegal(string text) => Form.IsMatch(text);
}
