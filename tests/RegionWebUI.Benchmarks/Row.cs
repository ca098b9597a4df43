namespace RegionWebUI.Benchmarks;

/// <summary>One line of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Value">The figure with its unit.</param>
/// <param name="Against">The figure it is compared with, and with what; empty for none.</param>
/// <param name="Ratio">Value over the figure it is compared with; empty for none.</param>
/// <param name="Goal">What it should be at most.</param>
internal sealed record Row(string What, string Value, string Against = "", string Ratio = "", string Goal = "");
