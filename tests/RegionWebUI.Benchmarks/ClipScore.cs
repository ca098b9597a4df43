using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Objectives;
using RegionWebUI.Imaging;
using RegionWebUI.Sdk.Objectives;

namespace RegionWebUI.Benchmarks;

/// <summary>How alike a picture and a text are to the model's guidance CLIP: the whole picture, one embedding.</summary>
internal sealed class ClipScore(LoadedModel model)
{
    /// <summary>The cosine of the two embeddings.</summary>
    public async Task<double> CosineAsync(Image picture, string text)
    {
        var (h, w) = (picture.Height, picture.Width);
        var cosine = model.Objectives.Take(
            "clip-score",
            b =>
            {
                var pixels = b.Input("pixels", 1, 3, h, w).Map(b.Input("rows", b.ClipSize, h), b.Input("columns", b.ClipSize, w));
                return (Loss.Unit(b.ClipImage(pixels)) * Loss.Unit(b.Input("text", 1, b.ClipWidth))).Sum();
            },
            ["pixels"],
            CancellationToken.None);
        var size = model.Objectives.Guidance.RequireClip(model.Name).Vision.ImageSize;
        var at = await cosine.EvaluateAsync(new Dictionary<string, ReadOnlyMemory<float>>
        {
            ["pixels"] = Planes(picture),
            ["rows"] = SizeMatrix.Crop(h, 0, h, size),
            ["columns"] = SizeMatrix.Crop(w, 0, w, size),
            ["text"] = new ClipTextEncoder(model).Encode(text, CancellationToken.None),
        });
        return at.Loss;
    }

    private static float[] Planes(Image picture)
    {
        var rgb = picture.Rgb.Span;
        var area = rgb.Length / 3;
        var planes = new float[rgb.Length];
        for (var i = 0; i < rgb.Length; i++)
        {
            planes[(i % 3 * area) + (i / 3)] = rgb[i] / 255f;
        }

        return planes;
    }
}
