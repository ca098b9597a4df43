using RegionWebUI.Imaging;

namespace RegionWebUI.Sdk.Hooks;

/// <summary>One finished picture, before it gets its infotext.</summary>
public abstract class ImageContext : HookContext
{
    /// <summary>The networks of the run's model.</summary>
    public abstract INetworks Networks { get; }

    /// <summary>The lane it was decoded from.</summary>
    public abstract Lane Lane { get; }

    /// <summary>The latent it was decoded from.</summary>
    public abstract Latent Z { get; }

    /// <summary>The pixels; a picture set here is what the next hook sees and what is kept. It may have another size.</summary>
    public abstract Image Picture { get; set; }

    /// <summary>Adds <c>ext/id/key: value</c> to the picture's infotext.</summary>
    /// <param name="key">Letters, digits, '-' and '_', 1..64 characters; no parameter's name.</param>
    /// <param name="value">At most 4,096 characters.</param>
    /// <exception cref="ArgumentException">The key cannot be one or is a parameter's name, or the value is too long.</exception>
    public abstract void Note(string key, string value);

    /// <summary>Gives a picture along: a mask, a map, a source. It is shown with the result and kept beside it.</summary>
    /// <param name="name">Letters, digits, '-' and '_', 1..64 characters; one that is taken, letter case aside, gets a number.</param>
    /// <param name="picture">The picture.</param>
    /// <exception cref="ArgumentException">The name cannot be one.</exception>
    public abstract void Attach(string name, Image picture);

    /// <summary>Gives numbers along, as a loss over the steps. They are drawn with the result and kept beside it.</summary>
    /// <param name="name">As of <see cref="Attach"/>; one that another curve has gets a number.</param>
    /// <param name="values">In order: 1..4,096 finite numbers.</param>
    /// <exception cref="ArgumentException">
    /// The name cannot be one, there are no values or too many, one is no number, or the picture has 16 curves already.
    /// </exception>
    public abstract void Curve(string name, IReadOnlyList<double> values);
}
