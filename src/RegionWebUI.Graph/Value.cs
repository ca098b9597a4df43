namespace RegionWebUI.Graph;

/// <summary>A value that flows through a graph: an input, a weight, a constant or the result of a node. It is defined exactly once.</summary>
/// <param name="Id">Number of the value, unique in its graph.</param>
/// <param name="Type">Its type.</param>
public sealed record Value(int Id, TensorType Type)
{
    /// <summary>Literal shape.</summary>
    public Shape Shape => Type.Shape;

    /// <summary>The value as error messages name it.</summary>
    public override string ToString() => $"%{Id}:{Type}";
}
