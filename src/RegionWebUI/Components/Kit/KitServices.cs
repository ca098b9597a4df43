using MudBlazor.Services;

namespace RegionWebUI.Components.Kit;

/// <summary>What the kit's components need from the container.</summary>
internal static class KitServices
{
    /// <summary>Registers it.</summary>
    internal static void Add(IServiceCollection services) => services.AddMudServices();
}
