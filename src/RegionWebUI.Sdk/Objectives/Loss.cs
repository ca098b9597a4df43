using RegionWebUI.Graph;

namespace RegionWebUI.Sdk.Objectives;

/// <summary>Terms that losses are made of.</summary>
public static class Loss
{
    // Keeps the root's derivative finite where a vector or a distance is 0.
    private const double Least = 1e-12;

    /// <summary>Vectors along the last axis, of length 1.</summary>
    public static Expr Unit(Expr x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x / (x.Square().Sum(x.Shape.Rank - 1) + Least).Sqrt();
    }

    /// <summary>The squared distance on the sphere, 2 asin(|u - v| / 2)^2 per row (Crowson 2021, CLIP guidance): half the squared angle.</summary>
    /// <param name="u">[N, P]; made of length 1 here.</param>
    /// <param name="v">[N, P] or [1, P]; likewise.</param>
    /// <returns>[N, 1].</returns>
    public static Expr Spherical(Expr u, Expr v)
    {
        var chord = ((Unit(u) - Unit(v)).Square().Sum(1) + Least).Sqrt();
        return (chord * 0.5).Clip(0, 0.999999).Asin().Square() * 2;
    }

    /// <summary>The mean squared difference.</summary>
    public static Expr MeanSquare(Expr a, Expr b)
    {
        ArgumentNullException.ThrowIfNull(a);
        return (a - b).Square().Mean();
    }

    /// <summary>The mean of x where a weight counts: sum(x w) / sum(w).</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="weight">0 and above, of the same shape or one that broadcasts to it in all but size-1 axes; not all 0.</param>
    public static Expr WeightedMean(Expr x, Expr weight)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        var spread = x.Shape.ElementCount / (double)weight.Shape.ElementCount;
        return (x * weight).Sum() / (weight.Sum() * spread);
    }

    /// <summary>InfoNCE (van den Oord et al. 2018, Eq. 4): -ln of the softmax share of the right one, mean over the rows.</summary>
    /// <param name="images">[N, P].</param>
    /// <param name="texts">[M, P].</param>
    /// <param name="right">[N, M]: 1 at each row's text, 0 elsewhere.</param>
    /// <param name="temperature">Divides the cosines; above 0.</param>
    public static Expr InfoNce(Expr images, Expr texts, Expr right, double temperature)
    {
        var scores = Unit(images).MatMul(Unit(texts), transpose: true) * (1 / temperature);
        var chosen = (scores * right).Sum(1);

        // Cosines are bounded, so exp of the scaled ones stays in range for temperatures of 0.02 and above.
        return (scores.Exp().Sum(1).Log() - chosen).Mean();
    }
}
