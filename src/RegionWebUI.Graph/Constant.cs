using System.Collections.Immutable;

namespace RegionWebUI.Graph;

/// <summary>A small float32 table that is part of the network's definition, such as the frequencies of a time embedding.</summary>
/// <param name="Value">The value it defines.</param>
/// <param name="Data">Row-major elements.</param>
public sealed record Constant(Value Value, ImmutableArray<float> Data);
