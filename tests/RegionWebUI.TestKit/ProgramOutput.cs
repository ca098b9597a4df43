using System.Threading.Channels;

namespace RegionWebUI.TestKit;

/// <summary>The lines of one pipe of a program. They are read at once and always, so that the program never waits for a full pipe.</summary>
public sealed class ProgramOutput
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleWriter = true });

    internal ProgramOutput(StreamReader reader) => _ = Task.Run(() => ReadAsync(reader));

    /// <summary>The next line that fits; the lines before it are passed over.</summary>
    /// <returns>The line, or null when the pipe ended without one.</returns>
    public async Task<string?> FirstAsync(Func<string, bool> fits, CancellationToken cancellationToken)
    {
        await foreach (var line in _lines.Reader.ReadAllAsync(cancellationToken))
        {
            if (fits(line))
            {
                return line;
            }
        }

        return null;
    }

    /// <summary>What was not asked for yet, up to the end of the pipe.</summary>
    public async Task<string> RestAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        await foreach (var line in _lines.Reader.ReadAllAsync(cancellationToken))
        {
            lines.Add(line);
        }

        return string.Join('\n', lines);
    }

    private async Task ReadAsync(StreamReader reader)
    {
        Exception? error = null;
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                _lines.Writer.TryWrite(line);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // The pipe broke or was closed under the reader; whoever reads on hears of it.
            error = e;
        }
        finally
        {
            _lines.Writer.TryComplete(error);
        }
    }
}
