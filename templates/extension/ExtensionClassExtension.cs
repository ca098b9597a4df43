using RegionWebUI.Imaging;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace ExtensionClass;

/// <summary>The entry: declares what the extension brings.</summary>
public sealed class ExtensionClassExtension : IExtension
{
    /// <inheritdoc/>
    public void Register(IRegistry registry)
    {
        registry.Parameters<Options>();
        registry.Hooks(run => run.Parameters<Options>() is { Amount: > 0 } options ? [new Hook(options)] : []);
    }

    /// <summary>What the user sets.</summary>
    internal sealed class Options
    {
        [RunParameter("Amount", Minimum = 0, Maximum = 1, Step = 0.05, Help = "How much brighter; 0 is off.")]
        public double Amount { get; set; }
    }

    /// <summary>Works on each finished picture; made anew for every run.</summary>
    internal sealed class Hook(Options options) : IImageHook
    {
        /// <inheritdoc/>
        public Task ImageAsync(ImageContext c)
        {
            var rgb = c.Picture.Rgb.ToArray();
            for (var i = 0; i < rgb.Length; i++)
            {
                rgb[i] = (byte)Math.Round(rgb[i] + (options.Amount * (255 - rgb[i])));
            }

            c.Picture = new Image(c.Picture.Width, c.Picture.Height, rgb);
            return Task.CompletedTask;
        }
    }
}
