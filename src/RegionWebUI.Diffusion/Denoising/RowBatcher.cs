using RegionWebUI.Graph;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Denoising;

/// <summary>
/// Runs rows through the UNet: rows of one shape share calls. A guided row is two model rows, negative then positive, that always
/// stand in one call, so a picture does not depend on what else is in its batch.
/// </summary>
internal sealed class RowBatcher(IUNet unet, LaneLayout layout)
{
    private readonly Dictionary<(int Batch, int Height, int Width, int Tokens), Buffers> _buffers = [];

    /// <summary>eps of every row, in the order of the rows.</summary>
    /// <param name="rows">The rows of one model call.</param>
    /// <param name="z">State of all lanes.</param>
    /// <param name="step">Where the call stands.</param>
    /// <param name="cancellationToken">Ends the call between two ops.</param>
    public IReadOnlyList<RowPrediction> Run(IReadOnlyList<DenoiseRow> rows, double[] z, StepInfo step, CancellationToken cancellationToken)
    {
        var results = new RowPrediction[rows.Count];
        var groups = rows.Select((row, index) => (Row: row, Index: index))
            .GroupBy(r => (r.Row.Crop.Height, r.Row.Crop.Width, r.Row.Positive.Tokens, Guided: IsGuided(r.Row)));
        foreach (var group in groups)
        {
            // As many rows whether guided or not: the last call of an odd batch needs no session of its own.
            foreach (var call in group.Chunk(Math.Max(1, unet.MaxRows / 2)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                RunOne(call, z, step, results, cancellationToken);
            }
        }

        return results;
    }

    private static bool IsGuided(DenoiseRow row) => row.CfgScale != 1;

    private void RunOne((DenoiseRow Row, int Index)[] call, double[] z, StepInfo step, RowPrediction[] results, CancellationToken cancellationToken)
    {
        var guided = IsGuided(call[0].Row);
        var perRow = guided ? 2 : 1;
        var crop = call[0].Row.Crop;
        var buffers = For(call.Length * perRow, crop, call[0].Row.Positive);
        var size = layout.Channels * crop.Height * crop.Width;
        Array.Fill(buffers.Timestep.Floats, (float)step.T);
        for (var i = 0; i < call.Length; i++)
        {
            var row = call[i].Row;
            var sample = buffers.Sample.Floats.AsSpan(i * perRow * size, size);
            Crop(layout.Of(z, row.Lane), row.Crop, sample);
            if (guided)
            {
                sample.CopyTo(buffers.Sample.Floats.AsSpan((i * perRow + 1) * size, size));
                CopyContext(row.Negative, buffers.Context, i * perRow);
            }

            CopyContext(row.Positive, buffers.Context, i * perRow + perRow - 1);
        }

        unet.Predict(buffers.Sample, buffers.Timestep, buffers.Context, buffers.Prediction, cancellationToken);
        for (var i = 0; i < call.Length; i++)
        {
            ToEps(buffers.Prediction.Floats, buffers.Sample.Floats, step.AlphaBar, i * perRow * size, perRow * size);
            var positive = buffers.Prediction.Floats.AsSpan((i * perRow + perRow - 1) * size, size).ToArray();
            var negative = guided ? buffers.Prediction.Floats.AsSpan(i * perRow * size, size).ToArray() : null;
            results[call[i].Index] = new RowPrediction(call[i].Row, positive, negative);
        }
    }

    private void ToEps(float[] prediction, float[] z, double alphaBar, int start, int length)
    {
        if (unet.Prediction == PredictionType.Epsilon)
        {
            return;
        }

        // Salimans & Ho (2022), appendix D: eps = sqrt(abar) v + sqrt(1 - abar) z.
        var (alpha, sigma) = (Math.Sqrt(alphaBar), Math.Sqrt(1 - alphaBar));
        for (var i = start; i < start + length; i++)
        {
            prediction[i] = (float)(alpha * prediction[i] + sigma * z[i]);
        }
    }

    private void Crop(ReadOnlySpan<double> lane, Box crop, Span<float> result)
    {
        var next = 0;
        for (var c = 0; c < layout.Channels; c++)
        {
            for (var y = 0; y < crop.Height; y++)
            {
                var row = lane.Slice((c * layout.Height + crop.Y + y) * layout.Width + crop.X, crop.Width);
                foreach (var value in row)
                {
                    result[next++] = (float)value;
                }
            }
        }
    }

    private static void CopyContext(Conditioning conditioning, HostTensor context, int row) =>
        conditioning.Embeddings.Span.CopyTo(context.Floats.AsSpan(row * conditioning.Embeddings.Length));

    private Buffers For(int batch, Box crop, Conditioning conditioning)
    {
        var key = (batch, crop.Height, crop.Width, conditioning.Tokens);
        if (!_buffers.TryGetValue(key, out var buffers))
        {
            var latent = new Shape(batch, layout.Channels, crop.Height, crop.Width);
            buffers = new Buffers(
                HostTensor.Empty(latent),
                HostTensor.Empty(new Shape(batch)),
                HostTensor.Empty(new Shape(batch, conditioning.Tokens, conditioning.Width)),
                HostTensor.Empty(latent));
            _buffers.Add(key, buffers);
        }

        return buffers;
    }

    /// <summary>Tensors of one call shape, used again at every step.</summary>
    private sealed record Buffers(HostTensor Sample, HostTensor Timestep, HostTensor Context, HostTensor Prediction);
}
