namespace RegionWebUI.Host.Parameters;

/// <summary>What a parameter's value is, which decides its control on the page and how its text is read.</summary>
public enum ParameterKind
{
    /// <summary>Free text.</summary>
    Text,

    /// <summary>A whole number in a range.</summary>
    Whole,

    /// <summary>A finite number in a range.</summary>
    Real,

    /// <summary>One of a list of names, letter case aside.</summary>
    Choice,

    /// <summary>True or false.</summary>
    Flag,
}
