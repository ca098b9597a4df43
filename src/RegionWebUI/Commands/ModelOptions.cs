using System.CommandLine;
using RegionWebUI.Host.Models;

namespace RegionWebUI.Commands;

/// <summary>Options that several commands share.</summary>
internal static class ModelOptions
{
    public static Option<string> Device() => new("--device")
    {
        Description = "Device that computes: auto, directml, directml:n, webgpu, cuda or cpu.",
        HelpName = "D",
        DefaultValueFactory = _ => DeviceName.Auto,
    };

    public static Option<string> Model() => new("--model")
    {
        Description = "Model by name, or its folder; the first there is when left out.",
        HelpName = "DIR",
    };
}
