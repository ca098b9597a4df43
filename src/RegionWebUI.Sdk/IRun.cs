namespace RegionWebUI.Sdk;

/// <summary>The run that hooks are made for.</summary>
public interface IRun
{
    /// <summary>What was asked for, with width and height always given.</summary>
    GenerationRequest Request { get; }

    /// <summary>Width of the lanes in latent cells.</summary>
    int LatentWidth { get; }

    /// <summary>Height of the lanes in latent cells.</summary>
    int LatentHeight { get; }

    /// <summary>The extension's parameters with this run's values, checked.</summary>
    /// <typeparam name="T">The class given to <see cref="IRegistry.Parameters{T}"/>.</typeparam>
    /// <exception cref="InvalidOperationException">The extension declared no such class.</exception>
    T Parameters<T>()
        where T : class, new();
}
