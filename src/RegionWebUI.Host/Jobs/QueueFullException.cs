namespace RegionWebUI.Host.Jobs;

/// <summary>No more jobs may wait; nothing is wrong with the request, and later it is taken.</summary>
public sealed class QueueFullException : Exception
{
    /// <summary>Too many jobs wait.</summary>
    /// <param name="capacity">Most jobs that may wait.</param>
    public QueueFullException(int capacity)
        : base($"The queue is full: at most {capacity} jobs may wait; try again when one is done.")
    {
    }

    /// <summary>The pictures of the jobs that wait take too much memory.</summary>
    /// <param name="bytes">Most bytes of them.</param>
    public QueueFullException(long bytes)
        : base($"The queue is full: the pictures that waiting jobs start from may take at most {bytes >> 20} MiB; try again when one is done.")
    {
    }
}
