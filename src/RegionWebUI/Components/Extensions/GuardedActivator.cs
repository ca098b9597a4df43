using System.Reflection;
using Microsoft.AspNetCore.Components;
using RegionWebUI.Host.Extensions;

namespace RegionWebUI.Components.Extensions;

/// <summary>
/// Makes the page's components. What an extension's component throws while it is made would end the whole page, since no error boundary
/// stands around that; here it is thrown a moment later, as the component's own failure.
/// </summary>
/// <param name="services">The page's services.</param>
/// <param name="catalog">Knows which components are tabs of extensions.</param>
internal sealed class GuardedActivator(IServiceProvider services, IExtensionCatalog catalog) : IComponentActivator
{
    /// <inheritdoc />
    public IComponent CreateInstance(Type componentType)
    {
        if (!IsForeign(componentType))
        {
            return Create(componentType);
        }

        try
        {
            var wanting = componentType.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .FirstOrDefault(p => p.GetCustomAttribute<InjectAttribute>() is { Key: null } && services.GetService(p.PropertyType) is null);
            return wanting is null
                ? Create(componentType)
                : new Unmade(new InvalidOperationException($"there is no service {wanting.PropertyType.Name} for its {wanting.Name}"));
        }
        catch (Exception error)
        {
            return new Unmade(error);
        }
    }

    private bool IsForeign(Type type) =>
        type.IsCollectible || catalog.Entries.Any(entry => entry.Tabs.Any(tab => tab.Component == type));

    private IComponent Create(Type type) => (IComponent)ActivatorUtilities.CreateInstance(services, type);

    private sealed class Unmade(Exception error) : IComponent
    {
        public void Attach(RenderHandle renderHandle)
        {
        }

        public Task SetParametersAsync(ParameterView parameters) => Task.FromException(error);
    }
}
