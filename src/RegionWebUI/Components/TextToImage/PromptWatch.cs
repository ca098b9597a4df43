using System.Runtime.ExceptionServices;
using RegionWebUI.Diffusion.Text;

namespace RegionWebUI.Components.TextToImage;

/// <summary>
/// Reads a prompt beside the page's own thread while it is typed. One reading runs at a time, and of what is asked meanwhile only the newest
/// is read next, so a slow reading never makes a queue and an older answer never replaces a newer one.
/// </summary>
/// <param name="read">Reads; null when there is no tokenizer to read with.</param>
/// <param name="answered">Called on another thread when <see cref="Answer"/> has changed.</param>
internal sealed class PromptWatch(Func<PromptQuestion, PromptReading?> read, Action answered)
{
    private readonly Lock _gate = new();
    private PromptQuestion? _asked;
    private PromptAnswer? _answer;
    private ExceptionDispatchInfo? _failure;
    private bool _running;

    /// <summary>The newest answer; null before the first and without a tokenizer. Throws what the reading threw.</summary>
    internal PromptAnswer? Answer
    {
        get
        {
            lock (_gate)
            {
                _failure?.Throw();
                return _answer;
            }
        }
    }

    /// <summary>Asks; the same question again is not read again.</summary>
    internal void Ask(PromptQuestion question)
    {
        lock (_gate)
        {
            if (question == _asked)
            {
                return;
            }

            _asked = question;
            if (!_running)
            {
                _running = true;
                _ = Task.Run(Run);
            }
        }
    }

    private void Run()
    {
        PromptQuestion? question;
        lock (_gate)
        {
            question = _asked;
        }

        while (question is not null)
        {
            var (answer, failure) = Read(question);
            bool isNews;
            lock (_gate)
            {
                if (question != _asked)
                {
                    question = _asked;
                    continue;
                }

                isNews = answer is not null || _answer is not null || failure is not null;
                (_answer, _failure, _running, question) = (answer, failure, false, null);
            }

            if (isNews)
            {
                answered();
            }
        }
    }

    private (PromptAnswer? Answer, ExceptionDispatchInfo? Failure) Read(PromptQuestion question)
    {
        try
        {
            return (read(question) is { } reading ? new PromptAnswer(question.Prompt, reading) : null, null);
        }
        catch (Exception error)
        {
            // Nobody awaits this thread: whoever looks at the answer hears of it.
            return (null, ExceptionDispatchInfo.Capture(error));
        }
    }
}
