namespace RegionWebUI.Sdk;

/// <summary>The version of this contract. A manifest names the range it was written for.</summary>
public static class SdkVersion
{
    /// <summary>Grows when a member goes or changes its meaning: extensions must be built anew.</summary>
    public const int Major = 1;

    /// <summary>Grows when something is added: what was built for an earlier one still works.</summary>
    public const int Minor = 2;
}
