namespace RegionWebUI.Fuzz;

/// <summary>An input that is being read.</summary>
/// <param name="Target">By whom.</param>
/// <param name="Input">Its bytes.</param>
/// <param name="Start">Processor time of the program when it began.</param>
internal sealed record WatchedInput(FuzzTarget Target, byte[] Input, TimeSpan Start);
