namespace RegionWebUI.Fuzz;

/// <summary>What came of one input.</summary>
/// <param name="Trail">What the reader did.</param>
/// <param name="Problem">The promise it broke, or null.</param>
/// <param name="Allocated">Bytes it allocated.</param>
internal sealed record FuzzOutcome(Trail Trail, string? Problem, long Allocated);

/// <summary>Runs one input and judges all that needs no clock.</summary>
internal static class FuzzCheck
{
    /// <summary>Reads an input once.</summary>
    public static FuzzOutcome Once(FuzzTarget target, byte[] input)
    {
        var trail = new Trail();
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            target.Read(input, trail);
        }
        catch (BrokenPromiseException broken)
        {
            return new FuzzOutcome(trail, broken.Message, 0);
        }
        catch (Exception escaped)
        {
            // Whatever leaves a reader that is not its own exception is what is looked for.
            return new FuzzOutcome(trail, escaped.ToString(), 0);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var most = target.MostAllocated + target.MostAllocatedPerByte * input.Length;
        return new FuzzOutcome(trail, allocated <= most ? null : $"Allocated {allocated} bytes, more than {most}.", allocated);
    }

    /// <summary>Reads an input twice: both readings must be the same. A finding of memory must come twice, as caches fill only once.</summary>
    public static FuzzOutcome Twice(FuzzTarget target, byte[] input)
    {
        var first = Once(target, input);
        var second = Once(target, input);
        return second.Problem is null && first.Trail.Digest != second.Trail.Digest
            ? second with { Problem = "Two readings of one input differ." }
            : second;
    }
}
