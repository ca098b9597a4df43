using RegionWebUI.Graph;

namespace RegionWebUI.Sdk.Objectives;

/// <summary>x0 as it was predicted.</summary>
internal sealed class FrozenX0Path : X0Path
{
    private readonly Latent _x0;
    private readonly double _alphaBar;

    public FrozenX0Path(Latent x0, double alphaBar)
    {
        ArgumentNullException.ThrowIfNull(x0);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(alphaBar);
        (_x0, _alphaBar) = (x0, alphaBar);
    }

    /// <inheritdoc/>
    public override string Wrt => "x0";

    /// <inheritdoc/>
    public override Expr Write(ILossBuilder b)
    {
        ArgumentNullException.ThrowIfNull(b);
        return b.Input(Wrt, 1, _x0.Channels, _x0.Height, _x0.Width);
    }

    /// <inheritdoc/>
    public override Dictionary<string, ReadOnlyMemory<float>> Inputs() => new() { [Wrt] = _x0.Data };

    /// <inheritdoc/>
    public override Latent Gradient(Evaluation at)
    {
        ArgumentNullException.ThrowIfNull(at);

        // With x0 ~ N(0, I), z is normal too and the best prediction is linear in it: E[x0 | z] = sqrt(abar) z.
        return Math.Sqrt(_alphaBar) * new Latent(_x0.Channels, _x0.Height, _x0.Width, at.Gradients[Wrt]);
    }
}
