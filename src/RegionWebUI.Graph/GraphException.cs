namespace RegionWebUI.Graph;

/// <summary>A graph, or an op's operands, are not legal. The message names the op or value and the reason.</summary>
public sealed class GraphException(string message) : Exception(message);
