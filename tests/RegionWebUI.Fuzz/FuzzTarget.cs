using RegionWebUI.Fuzz.Mutations;

namespace RegionWebUI.Fuzz;

/// <summary>One reader under search. Not for several threads at once.</summary>
internal abstract class FuzzTarget
{
    /// <summary>Name on the command line, and of the folder of its corpus.</summary>
    public abstract string Name { get; }

    /// <summary>Longest input worth a try, in bytes.</summary>
    public abstract int LongestInput { get; }

    /// <summary>Bytes that one reading may allocate, whatever the input.</summary>
    public abstract long MostAllocated { get; }

    /// <summary>Bytes that one reading may allocate for each byte of the input.</summary>
    public abstract long MostAllocatedPerByte { get; }

    /// <summary>Processor time that one reading may take for each byte of the input, in microseconds.</summary>
    public abstract double MostMicrosecondsPerByte { get; }

    /// <summary>Reads an input and checks what the reader promises.</summary>
    /// <param name="input">Any bytes.</param>
    /// <param name="trail">Takes what happened.</param>
    /// <exception cref="BrokenPromiseException">A promise was not kept. Any other exception is a finding too.</exception>
    public abstract void Read(byte[] input, Trail trail);

    /// <summary>Makes a new input from two.</summary>
    /// <param name="input">What is changed; stays as it is.</param>
    /// <param name="other">What pieces are taken from.</param>
    /// <param name="random">Decides what is changed.</param>
    public byte[] Mutate(byte[] input, byte[] other, Random random)
    {
        var result = Change(input, other, random);
        return result.Length <= LongestInput ? result : result[..LongestInput];
    }

    /// <summary>Changes an input as befits its format.</summary>
    protected virtual byte[] Change(byte[] input, byte[] other, Random random) => ByteMutation.Change(input, other, Tokens, random);

    /// <summary>Pieces with a meaning in the format.</summary>
    protected abstract IReadOnlyList<byte[]> Tokens { get; }
}
