namespace RegionWebUI.Fuzz;

/// <summary>A reader did something that it promises never to do.</summary>
/// <param name="message">What it did.</param>
internal sealed class BrokenPromiseException(string message) : Exception(message);
