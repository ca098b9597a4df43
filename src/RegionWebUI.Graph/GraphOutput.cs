namespace RegionWebUI.Graph;

/// <summary>A tensor the graph returns.</summary>
/// <param name="Name">Name it is read by.</param>
/// <param name="Value">The value it returns.</param>
public sealed record GraphOutput(string Name, Value Value);
