namespace RegionWebUI.Diffusion.Schedules;

/// <summary>The Beta distribution on 0..1.</summary>
/// <param name="alpha">First shape, above 0.</param>
/// <param name="beta">Second shape, above 0.</param>
internal sealed class BetaDistribution(double alpha, double beta)
{
    // Lanczos (1964), g = 7 with nine terms: ln Gamma to 15 digits.
    private static readonly double[] _lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    private readonly double _logBeta = LogGamma(alpha) + LogGamma(beta) - LogGamma(alpha + beta);

    /// <summary>First shape.</summary>
    public double Alpha => alpha;

    /// <summary>Second shape.</summary>
    public double Beta => beta;

    /// <summary>The share of the distribution below <paramref name="x"/>: the regularised incomplete beta function I_x(alpha, beta).</summary>
    public double Cumulative(double x)
    {
        if (x is <= 0 or >= 1)
        {
            return x <= 0 ? 0 : 1;
        }

        // The fraction converges fast below the mean; above it the symmetry I_x(a, b) = 1 - I_(1-x)(b, a) helps.
        var front = Math.Exp((alpha * Math.Log(x)) + (beta * Math.Log(1 - x)) - _logBeta);
        return x < (alpha + 1) / (alpha + beta + 2)
            ? front * Fraction(alpha, beta, x) / alpha
            : 1 - (front * Fraction(beta, alpha, 1 - x) / beta);
    }

    /// <summary>The x below which the share <paramref name="p"/> lies, by bisection to the last bit.</summary>
    public double Quantile(double p)
    {
        if (p is <= 0 or >= 1)
        {
            return p <= 0 ? 0 : 1;
        }

        var (low, high) = (0.0, 1.0);
        while (true)
        {
            var middle = 0.5 * (low + high);
            if (middle == low || middle == high)
            {
                return middle;
            }

            (low, high) = Cumulative(middle) < p ? (middle, high) : (low, middle);
        }
    }

    // Abramowitz and Stegun (1964), 26.5.8, evaluated from the front (Lentz 1976).
    private static double Fraction(double a, double b, double x)
    {
        const double tiny = 1e-300;
        const int longest = 500;
        var (c, d) = (1.0, 1 / NotZero(1 - ((a + b) * x / (a + 1))));
        var value = d;
        for (var m = 1; m <= longest; m++)
        {
            var before = value;
            Extend(m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m))));
            Extend(-(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1)));
            if (Math.Abs(value - before) <= 1e-16 * Math.Abs(value))
            {
                break;
            }
        }

        return value;

        void Extend(double term)
        {
            d = 1 / NotZero(1 + (term * d));
            c = NotZero(1 + (term / c));
            value *= c * d;
        }

        static double NotZero(double v) => Math.Abs(v) < tiny ? tiny : v;
    }

    private static double LogGamma(double z)
    {
        if (z < 0.5)
        {
            return Math.Log(Math.PI / Math.Sin(Math.PI * z)) - LogGamma(1 - z);
        }

        var sum = _lanczos[0];
        for (var i = 1; i < _lanczos.Length; i++)
        {
            sum += _lanczos[i] / (z - 1 + i);
        }

        var t = z + 6.5;
        return (0.5 * Math.Log(2 * Math.PI)) + ((z - 0.5) * Math.Log(t)) - t + Math.Log(sum);
    }
}
