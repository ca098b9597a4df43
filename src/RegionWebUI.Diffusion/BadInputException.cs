namespace RegionWebUI.Diffusion;

/// <summary>A value given by the user is out of range. The message is one sentence that names the value and the legal range.</summary>
public sealed class BadInputException(string field, string message) : Exception(message)
{
    /// <summary>The parameter at fault, in the spelling of <see cref="Sdk.GenerationRequest"/>'s properties.</summary>
    public string Field { get; } = field;
}
