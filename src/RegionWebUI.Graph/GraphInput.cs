namespace RegionWebUI.Graph;

/// <summary>A tensor given anew at every run.</summary>
/// <param name="Name">Name it is fed by.</param>
/// <param name="Value">The value it defines.</param>
public sealed record GraphInput(string Name, Value Value);
