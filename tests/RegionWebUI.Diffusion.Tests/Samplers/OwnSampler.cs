using RegionWebUI.Sdk.Samplers;

namespace RegionWebUI.Diffusion.Tests.Samplers;

/// <summary>A sampler out of a function.</summary>
internal sealed class OwnSampler(Func<SamplerContext, Task<double[]>> sample) : ISampler
{
    public string Name { get; init; } = "Own";

    public IReadOnlyList<string> Aliases { get; init; } = [];

    public int CallsPerStep { get; init; } = 1;

    public Task<double[]> SampleAsync(SamplerContext c) => sample(c);

    /// <summary>Euler steps, with fresh noise of a share eta in each.</summary>
    public static async Task<double[]> EulerAsync(SamplerContext c, double eta = 0)
    {
        var x = c.X;
        for (var i = 0; i < c.Steps; i++)
        {
            var (from2, to2) = (c.Sigmas[i] * c.Sigmas[i], c.Sigmas[i + 1] * c.Sigmas[i + 1]);
            var up = Math.Min(c.Sigmas[i + 1], eta * Math.Sqrt(to2 * (from2 - to2) / from2));
            var down = eta == 0 ? c.Sigmas[i + 1] : Math.Sqrt(to2 - (up * up));
            var denoised = await c.DenoiseAsync(x, i, c.Sigmas[i]);
            x = [.. x.Zip(denoised, (v, d) => v + ((down - c.Sigmas[i]) * ((v - d) / c.Sigmas[i])))];
            if (eta > 0 && c.Sigmas[i + 1] > 0)
            {
                x = [.. x.Zip(c.Noise(), (v, n) => v + (up * n))];
            }

            x = await c.AfterStepAsync(x, i, denoised);
        }

        return x;
    }
}
