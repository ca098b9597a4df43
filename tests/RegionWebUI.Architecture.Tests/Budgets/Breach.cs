namespace RegionWebUI.Architecture.Tests.Budgets;

/// <summary>One place that is larger, or named otherwise, than the house allows.</summary>
/// <param name="Rule">Name of the rule, as the list of exceptions writes it.</param>
/// <param name="Place">Path from the root, for a method followed by # and its name.</param>
/// <param name="Message">What was found.</param>
internal sealed record Breach(string Rule, string Place, string Message);
