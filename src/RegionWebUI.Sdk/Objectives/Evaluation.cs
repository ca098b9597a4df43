namespace RegionWebUI.Sdk.Objectives;

/// <summary>A loss at one place.</summary>
/// <param name="Loss">Its value.</param>
/// <param name="Gradients">dL/dx of the inputs that were asked for, by name, in their shapes, row-major.</param>
public sealed record Evaluation(double Loss, IReadOnlyDictionary<string, ReadOnlyMemory<float>> Gradients);
