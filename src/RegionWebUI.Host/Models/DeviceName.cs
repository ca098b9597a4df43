using System.Text.RegularExpressions;
using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Generation;

namespace RegionWebUI.Host.Models;

/// <summary>The names a user may give to a device. Whether it is there, only the engine knows.</summary>
public static partial class DeviceName
{
    /// <summary>The name that lets the engine choose.</summary>
    public const string Auto = "auto";

    /// <summary>Brings a name to its canonical spelling.</summary>
    /// <param name="text">A name in any letter case; DirectML may carry an adapter number, <c>directml:1</c>.</param>
    /// <exception cref="BadInputException">There is no such name; the sentence lists them.</exception>
    public static string Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var name = text.ToLowerInvariant();
        if (GenerationEngines.Devices.Contains(name) || Adapter().IsMatch(name))
        {
            return name;
        }

        throw new BadInputException("Device", NameSuggestion.Unknown("device", text, GenerationEngines.Devices, "directml:n"));
    }

    [GeneratedRegex("^directml:[0-9]{1,2}$", RegexOptions.CultureInvariant)]
    private static partial Regex Adapter();
}
