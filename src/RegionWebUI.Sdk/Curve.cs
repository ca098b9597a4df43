namespace RegionWebUI.Sdk;

/// <summary>Numbers in order, to be drawn as a line: a loss over the steps.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Values">1..4,096 finite numbers; copied.</param>
/// <exception cref="ArgumentException">There are no values or too many, or one is no number.</exception>
public sealed record Curve(string Name, IReadOnlyList<double> Values)
{
    /// <summary>Most values of a curve.</summary>
    public const int MostValues = 4096;

    /// <summary>What they are.</summary>
    public string Name { get; } = Name ?? throw new ArgumentNullException(nameof(Name));

    /// <summary>The numbers.</summary>
    public IReadOnlyList<double> Values { get; } = Checked(Name, Values);

    private static double[] Checked(string name, IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count is < 1 or > MostValues)
        {
            throw new ArgumentException($"The curve '{name}' has {values.Count} values; it must have 1 to {MostValues}.", nameof(values));
        }

        double[] copy = [.. values];
        return Array.FindIndex(copy, value => !double.IsFinite(value)) is >= 0 and var at
            ? throw new ArgumentException($"Value {at} of the curve '{name}' is {copy[at]}, which is no number.", nameof(values))
            : copy;
    }
}
