using RegionWebUI.Graph;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Denoising;

/// <summary>
/// Runs rows through the UNet: rows of one shape share a call, across lanes, crops and the two halves of classifier-free guidance.
/// A guided row is two model rows, negative then positive; halves of unequal length go into calls of their own, and what is asked twice
/// (one negative prompt of several rows that see the same cells) runs once.
/// </summary>
internal sealed class RowBatcher(IUNet unet, LaneLayout layout)
{
    private readonly Dictionary<(int Batch, int Height, int Width, int Tokens), Buffers> _buffers = [];

    /// <summary>Cells that become one at the UNet's coarsest level.</summary>
    public int Granularity => unet.Granularity;

    /// <summary>Rows run under their negative prompt too where their guidance scale of 1 does not need it.</summary>
    public bool IsAlwaysGuided { get; init; }

    /// <summary>eps of every row, in the order of the rows.</summary>
    /// <param name="rows">The rows of one model call; their crops are snapped first.</param>
    /// <param name="z">State of all lanes.</param>
    /// <param name="step">Where the call stands.</param>
    /// <param name="cancellationToken">Ends the call between two ops.</param>
    public IReadOnlyList<RowPrediction> Run(IReadOnlyList<DenoiseRow> rows, double[] z, StepInfo step, CancellationToken cancellationToken)
    {
        var snapped = rows.Select(row => CropSnapping.Snap(row, unet.Granularity, layout.WholeFrame)).ToArray();
        var halves = snapped.SelectMany(HalvesOf).Distinct().ToList();
        var eps = new Dictionary<Half, Latent>(halves.Count);
        var idle = _buffers.Keys.ToHashSet();
        foreach (var shape in halves.GroupBy(h => (h.Crop.Height, h.Crop.Width, h.Conditioning.Tokens)))
        {
            foreach (var call in shape.Chunk(unet.MaxRows))
            {
                cancellationToken.ThrowIfCancellationRequested();
                idle.Remove(KeyOf(call));
                RunOne(call, z, step, eps, cancellationToken);
            }
        }

        // A plan may change from call to call: only what this one used is kept for the next.
        foreach (var key in idle)
        {
            _buffers.Remove(key);
        }

        return [.. snapped.Select(row => new RowPrediction(row, eps[Positive(row)], IsGuided(row) ? eps[Negative(row)] : null))];
    }

    private bool IsGuided(DenoiseRow row) => IsAlwaysGuided || row.CfgScale != 1;

    private static Half Positive(DenoiseRow row) => new(row.Lane, row.Crop, row.Positive);

    private static Half Negative(DenoiseRow row) => new(row.Lane, row.Crop, row.Negative);

    private IEnumerable<Half> HalvesOf(DenoiseRow row) => IsGuided(row) ? [Negative(row), Positive(row)] : [Positive(row)];

    private void RunOne(
        Half[] call, double[] z, StepInfo step, Dictionary<Half, Latent> eps, CancellationToken cancellationToken)
    {
        var crop = call[0].Crop;
        var size = layout.Channels * crop.Height * crop.Width;
        var buffers = For(call);
        Array.Fill(buffers.Timestep.Floats, (float)step.T);
        for (var i = 0; i < call.Length; i++)
        {
            Crop(layout.Of(z, call[i].Lane), call[i].Crop, buffers.Sample.Floats.AsSpan(i * size, size));
            var embeddings = call[i].Conditioning.Embeddings;
            embeddings.Span.CopyTo(buffers.Context.Floats.AsSpan(i * embeddings.Length));
        }

        unet.Predict(buffers.Sample, buffers.Timestep, buffers.Context, buffers.Prediction, cancellationToken);
        ToEps(buffers.Prediction.Floats, buffers.Sample.Floats, step.AlphaBar);
        for (var i = 0; i < call.Length; i++)
        {
            var values = buffers.Prediction.Floats.AsSpan(i * size, size).ToArray();
            eps[call[i]] = new Latent(layout.Channels, crop.Height, crop.Width, values);
        }
    }

    private void ToEps(float[] prediction, float[] z, double alphaBar)
    {
        if (unet.Prediction == PredictionType.Epsilon)
        {
            return;
        }

        // Salimans & Ho (2022), appendix D: eps = sqrt(abar) v + sqrt(1 - abar) z.
        var (alpha, sigma) = (Math.Sqrt(alphaBar), Math.Sqrt(1 - alphaBar));
        for (var i = 0; i < prediction.Length; i++)
        {
            prediction[i] = (float)((alpha * prediction[i]) + (sigma * z[i]));
        }
    }

    private void Crop(ReadOnlySpan<double> lane, Box crop, Span<float> result)
    {
        var next = 0;
        for (var c = 0; c < layout.Channels; c++)
        {
            for (var y = 0; y < crop.Height; y++)
            {
                var row = lane.Slice((((c * layout.Height) + crop.Y + y) * layout.Width) + crop.X, crop.Width);
                foreach (var value in row)
                {
                    result[next++] = (float)value;
                }
            }
        }
    }

    private static (int Batch, int Height, int Width, int Tokens) KeyOf(Half[] call) =>
        (call.Length, call[0].Crop.Height, call[0].Crop.Width, call[0].Conditioning.Tokens);

    private Buffers For(Half[] call)
    {
        var key = KeyOf(call);
        if (!_buffers.TryGetValue(key, out var buffers))
        {
            var latent = new Shape(key.Batch, layout.Channels, key.Height, key.Width);
            buffers = new Buffers(
                HostTensor.Empty(latent),
                HostTensor.Empty(new Shape(key.Batch)),
                HostTensor.Empty(new Shape(key.Batch, key.Tokens, call[0].Conditioning.Width)),
                HostTensor.Empty(latent));
            _buffers.Add(key, buffers);
        }

        return buffers;
    }

    /// <summary>One model row: a crop under one prompt. Prompts are equal when they are one object or have the same embeddings in memory.</summary>
    private readonly record struct Half(Lane Lane, Box Crop, Conditioning Conditioning);

    /// <summary>Tensors of one call shape, used again while every call has one of it.</summary>
    private sealed record Buffers(HostTensor Sample, HostTensor Timestep, HostTensor Context, HostTensor Prediction);
}
