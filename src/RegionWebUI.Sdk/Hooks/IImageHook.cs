namespace RegionWebUI.Sdk.Hooks;

/// <summary>Once per picture, after it is decoded. Runs in order; what one sets the next one sees.</summary>
public interface IImageHook : IHook
{
    /// <summary>Does the work.</summary>
    /// <param name="c">What can be seen and changed.</param>
    Task ImageAsync(ImageContext c);
}
