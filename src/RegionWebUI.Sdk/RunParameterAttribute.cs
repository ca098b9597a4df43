namespace RegionWebUI.Sdk;

/// <summary>
/// Makes a property a parameter, once for page, command line, API and infotext. The parameter's name is the property's with a small first
/// letter; its default is the property's value in a new object.
/// </summary>
/// <param name="label">Name as people read it.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RunParameterAttribute(string label) : Attribute
{
    /// <summary>Name as people read it.</summary>
    public string Label { get; } = label;

    /// <summary>One sentence: what the value does.</summary>
    public string Help { get; init; } = "";

    /// <summary>Smallest legal number.</summary>
    /// <value>The default is no limit but the type's.</value>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>Largest legal number.</summary>
    /// <value>The default is no limit but the type's.</value>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>Change of one press of an arrow key, more than 0.</summary>
    /// <value>The default is 1.</value>
    public double Step { get; init; } = 1;

    /// <summary>Lines of the control of a text; 1 is a single line.</summary>
    /// <value>The default is 1.</value>
    public int Lines { get; init; } = 1;

    /// <summary>Most characters of a text, 1..32,768.</summary>
    /// <value>The default is 4,096.</value>
    public int MaxLength { get; init; } = 4096;
}
