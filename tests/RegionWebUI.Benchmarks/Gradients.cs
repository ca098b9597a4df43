namespace RegionWebUI.Benchmarks;

/// <summary>Whether two gradients are one; a time means something only then.</summary>
internal static class Gradients
{
    private const double LeastCosine = 0.9999;
    private const double NormTolerance = 1e-3;

    /// <summary>Throws unless the cosine is at least 0.9999 and the norms are within 0.1 %.</summary>
    public static void RequireEqual(string what, float[] ours, float[] theirs)
    {
        double dot = 0, own = 0, other = 0;
        foreach (var (a, b) in ours.Zip(theirs))
        {
            (dot, own, other) = (dot + ((double)a * b), own + ((double)a * a), other + ((double)b * b));
        }

        var (cosine, ratio) = (dot / Math.Sqrt(own * other), Math.Sqrt(own / other));
        if (ours.Length != theirs.Length || !(cosine >= LeastCosine && Math.Abs(ratio - 1) <= NormTolerance))
        {
            throw new InvalidOperationException(
                $"{what}: {ours.Length} values against {theirs.Length} of PyTorch, cosine {cosine}, norm {ratio} of PyTorch's.");
        }

        Console.Error.WriteLine($"{what}: cosine {cosine:f7}, norm {ratio:f6} of PyTorch's");
    }
}
