namespace RegionWebUI.Imaging.Codecs;

/// <summary>
/// A picture file is refused. The message is one sentence that says what is wrong with the file and, where there is one, the legal range.
/// </summary>
public sealed class ImageFormatException : Exception
{
    /// <summary>Refuses a file.</summary>
    /// <param name="message">One sentence for the user.</param>
    public ImageFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Refuses a file because of a lower-level failure.</summary>
    /// <param name="message">One sentence for the user.</param>
    /// <param name="inner">What the lower level said.</param>
    public ImageFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
