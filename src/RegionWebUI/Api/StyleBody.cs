namespace RegionWebUI.Api;

/// <summary>The body that saves a style; its name is in the address.</summary>
internal sealed record StyleBody
{
    /// <summary>What it adds to the positive prompt.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>What it adds to the negative prompt.</summary>
    public string NegativePrompt { get; init; } = "";
}
