using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Tests.Hooks;

/// <summary>
/// A UNet in closed form: each cell has the prior N(m (c + 1) / 4, 0.25) with m the first number of the conditioning, so
/// x0 = (m (c + 1) / 4 sigma^2 + x / 4) / (sigma^2 + 1 / 4); a tenth of the crop's mean of z is added to eps, so that a crop matters.
/// </summary>
internal sealed class AnalyticUNet : IUNet
{
    private const double PriorVariance = 0.25;

    /// <summary>Rows, height, width and tokens of every call.</summary>
    public List<(int Rows, int Height, int Width, int Tokens)> Calls { get; } = [];

    /// <summary>The sample tensor of every call: the same object where a tensor is used again.</summary>
    public List<HostTensor> Samples { get; } = [];

    public PredictionType Prediction { get; init; } = PredictionType.Epsilon;

    public int MaxRows { get; init; } = 64;

    public int Granularity { get; init; } = 1;

    /// <summary>Conditioning whose mean is <paramref name="m"/>.</summary>
    public static Conditioning Prompt(float m, int chunks = 1)
    {
        var embeddings = new float[chunks * Conditioning.TokensPerChunk];
        embeddings[0] = m;
        return new Conditioning(chunks, 1, embeddings);
    }

    public static double[] Eps(double[] z, int channels, double t, double m)
    {
        var sigma = NoiseSchedule.StableDiffusion.Sigma(t);
        var toX = 1 / Math.Sqrt(NoiseSchedule.AlphaBarOf(sigma));
        var mean = z.Average();
        var cells = z.Length / channels;
        return [.. z.Select((value, i) =>
        {
            var x = value * toX;
            var x0 = ((m * ((i / cells) + 1) / 4 * sigma * sigma) + (x * PriorVariance)) / ((sigma * sigma) + PriorVariance);
            return ((x - x0) / sigma) + (0.1 * mean);
        })];
    }

    public void Predict(HostTensor sample, HostTensor timestep, HostTensor context, HostTensor prediction, CancellationToken cancellationToken)
    {
        var shape = sample.Type.Shape;
        Calls.Add((shape[0], shape[2], shape[3], context.Type.Shape[1]));
        Samples.Add(sample);
        var (size, width) = (shape[1] * shape[2] * shape[3], context.Floats.Length / shape[0]);
        for (var row = 0; row < shape[0]; row++)
        {
            var z = Array.ConvertAll(sample.Floats[(row * size)..((row + 1) * size)], v => (double)v);
            var eps = Eps(z, shape[1], timestep.Floats[row], context.Floats[row * width]);
            var alphaBar = NoiseSchedule.AlphaBarOf(NoiseSchedule.StableDiffusion.Sigma(timestep.Floats[row]));
            var (signal, spread) = (Math.Sqrt(alphaBar), Math.Sqrt(1 - alphaBar));
            for (var i = 0; i < size; i++)
            {
                // Salimans & Ho (2022): v = sqrt(abar) eps - sqrt(1 - abar) x0.
                var velocity = (signal * eps[i]) - (spread * (z[i] - (spread * eps[i])) / signal);
                prediction.Floats[(row * size) + i] = (float)(Prediction == PredictionType.Velocity ? velocity : eps[i]);
            }
        }
    }
}
