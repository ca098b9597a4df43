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
        for (var question = Next(null, null); question is not null;)
        {
            PromptReading? answer = null;
            try
            {
                answer = read(question);
            }
            catch (Exception error)
            {
                // Nobody awaits this thread: whoever looks at the answer hears of it.
                lock (_gate)
                {
                    _failure = ExceptionDispatchInfo.Capture(error);
                }
            }

            question = Next(question, answer);
        }

        answered();
    }

    private PromptQuestion? Next(PromptQuestion? read, PromptReading? answer)
    {
        lock (_gate)
        {
            if (read != _asked)
            {
                return _asked;
            }

            _answer = answer is null ? null : new PromptAnswer(read!.Prompt, answer);
            _running = false;
            return null;
        }
    }
}
