using RegionWebUI.Graph;

namespace RegionWebUI.Sdk.Objectives;

/// <summary>x0 as the UNet predicts it of z.</summary>
internal sealed class UnetX0Path : X0Path
{
    private readonly Latent _z;
    private readonly StepInfo _step;
    private readonly DenoiseRow _row;

    public UnetX0Path(Latent z, StepInfo step, DenoiseRow row)
    {
        ArgumentNullException.ThrowIfNull(z);
        ArgumentNullException.ThrowIfNull(row);
        (_z, _step, _row) = (z, step, row);
        if (row.Crop != z.Frame)
        {
            throw new ArgumentException($"Row '{row.Id}' sees {row.Crop} of a latent of {z.Width} x {z.Height} cells, not all of it.", nameof(row));
        }
    }

    /// <inheritdoc/>
    public override string Wrt => "z";

    private bool IsGuided => _row.CfgScale != 1;

    /// <inheritdoc/>
    public override Expr Write(ILossBuilder b)
    {
        ArgumentNullException.ThrowIfNull(b);
        var z = b.Input(Wrt, 1, _z.Channels, _z.Height, _z.Width);
        var abar = b.Input("abar", 1, 1, 1, 1);
        return (z - ((1 - abar).Sqrt() * Eps(b, z, abar))) / abar.Sqrt();
    }

    /// <inheritdoc/>
    public override Dictionary<string, ReadOnlyMemory<float>> Inputs()
    {
        var inputs = new Dictionary<string, ReadOnlyMemory<float>>
        {
            [Wrt] = _z.Data,
            ["t"] = new[] { (float)_step.T },
            ["abar"] = new[] { (float)_step.AlphaBar },
            ["positive"] = _row.Positive.Embeddings,
        };
        if (IsGuided)
        {
            (inputs["negative"], inputs["cfg"]) = (_row.Negative.Embeddings, new[] { (float)_row.CfgScale });
        }

        return inputs;
    }

    /// <inheritdoc/>
    public override Latent Gradient(Evaluation at)
    {
        ArgumentNullException.ThrowIfNull(at);
        return new Latent(_z.Channels, _z.Height, _z.Width, at.Gradients[Wrt]);
    }

    private Expr Eps(ILossBuilder b, Expr z, Expr abar)
    {
        var t = b.Input("t", 1);
        var positive = Words(b, "positive", _row.Positive);
        if (!IsGuided)
        {
            return b.Eps(z, t, positive, abar);
        }

        var negative = Words(b, "negative", _row.Negative);
        Expr u, c;
        if (negative.Shape == positive.Shape)
        {
            var both = b.Eps(Expr.Concat(0, z, z), Expr.Concat(0, t, t), Expr.Concat(0, negative, positive), abar);
            (u, c) = (both.Slice(0, 0, 1), both.Slice(0, 1, 1));
        }
        else
        {
            (u, c) = (b.Eps(z, t, negative, abar), b.Eps(z, t, positive, abar));
        }

        // Ho & Salimans (2022), Eq. (6), with s = 1 + w: eps = eps_u + s (eps_c - eps_u).
        return u + (b.Input("cfg", 1, 1, 1, 1) * (c - u));
    }

    private static Expr Words(ILossBuilder b, string name, Conditioning prompt) => b.Input(name, 1, prompt.Tokens, prompt.Width);
}
