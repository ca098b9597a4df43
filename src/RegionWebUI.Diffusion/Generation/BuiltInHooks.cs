using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Imaging;
using RegionWebUI.Imaging.Resampling;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>The engine's own hooks: image to image and its mask stand on the seam that extensions stand on.</summary>
internal static class BuiltInHooks
{
    /// <summary>The hooks that a request needs; none for text to image.</summary>
    /// <param name="request">What was asked for, with width and height.</param>
    /// <param name="cell">Pixels of a side of a latent cell.</param>
    /// <param name="cancellationToken">Ends the resampling.</param>
    /// <exception cref="BadInputException">The mask edits no latent cell.</exception>
    public static IReadOnlyList<OwnedHook<IHook>> For(GenerationRequest request, int cell, CancellationToken cancellationToken)
    {
        if (request.Init is not { } init)
        {
            return [];
        }

        var (width, height) = (request.Width!.Value, request.Height!.Value);
        var source = init.Width == width && init.Height == height
            ? init
            : Resampler.Resize(init, width, height, ResampleFilter.Lanczos, cancellationToken);
        var imageToImage = new ImageToImage(source, SettingsMapping.FromPicture(request)!.Value);
        var hooks = new List<OwnedHook<IHook>> { new(new HookOwner("image to image", "", IsBuiltIn: true), imageToImage) };
        if (request.Mask is { } painted)
        {
            var mask = Fit(painted, width, height, cancellationToken);
            var cells = EditedCells(mask, cell);
            hooks.Add(new(new HookOwner("mask", "", IsBuiltIn: true), new MaskBlend(source, mask, cells, () => imageToImage.Z0!)));
        }

        return hooks;
    }

    private static Mask Fit(Mask mask, int width, int height, CancellationToken cancellationToken)
    {
        if (mask.Width == width && mask.Height == height)
        {
            return mask;
        }

        var values = Resampler.Resize(mask.Values, mask.Width, mask.Height, width, height, ResampleFilter.Bilinear, cancellationToken);
        return Mask.Of(width, height, (x, y) => Math.Clamp(values.Span[(y * width) + x], 0, 1));
    }

    private static Mask EditedCells(Mask mask, int cell)
    {
        var cells = mask.Average(cell).Hard();
        if (cells.Values.Span.IndexOf(1f) < 0)
        {
            throw new BadInputException(
                nameof(GenerationRequest.Mask), $"The mask edits nothing: no block of {cell} x {cell} pixels is at least half white.");
        }

        return cells;
    }
}
