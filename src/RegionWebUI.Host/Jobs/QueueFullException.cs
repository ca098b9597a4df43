namespace RegionWebUI.Host.Jobs;

/// <summary>No more jobs may wait; nothing is wrong with the request, and later it is taken.</summary>
/// <param name="capacity">Most jobs that may wait.</param>
public sealed class QueueFullException(int capacity)
    : Exception($"The queue is full: at most {capacity} jobs may wait; try again when one is done.");
