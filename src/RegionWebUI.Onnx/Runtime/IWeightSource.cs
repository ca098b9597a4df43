namespace RegionWebUI.Onnx.Runtime;

/// <summary>The checkpoint a network takes its weights from.</summary>
public interface IWeightSource
{
    /// <summary>Finds a weight by its diffusers name.</summary>
    /// <exception cref="WeightException">There is no weight of that name, or it is of an element type no network takes.</exception>
    StoredWeight Find(string name);
}
