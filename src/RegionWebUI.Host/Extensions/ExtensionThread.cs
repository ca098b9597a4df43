using System.Globalization;
using System.Runtime.ExceptionServices;

namespace RegionWebUI.Host.Extensions;

/// <summary>
/// Calls code of an extension on a thread of its own, which is left behind when it does not end in time: nothing can stop it, but nobody
/// waits for it for ever either.
/// </summary>
internal static class ExtensionThread
{
    /// <summary>How long a call may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Calls it and waits for its end.</summary>
    /// <param name="what">What is called, as the subject of a sentence: "loading it".</param>
    /// <param name="time">Measures how long it takes.</param>
    /// <param name="code">The call; what it throws is thrown here.</param>
    /// <exception cref="ExtensionRefusedException">It did not end in time.</exception>
    public static T Call<T>(string what, TimeProvider time, Func<T> code)
    {
        var ended = new TaskCompletionSource<(T? Value, ExceptionDispatchInfo? Error)>(TaskCreationOptions.RunContinuationsAsynchronously);

        // The clock starts before the code does, so that no moment of it goes unmeasured.
        var inTime = ended.Task.WaitAsync(Limit, time);
        new Thread(Run) { IsBackground = true, Name = "extension" }.UnsafeStart();
        (T? Value, ExceptionDispatchInfo? Error) end;
        try
        {
            end = inTime.GetAwaiter().GetResult();
        }
        catch (TimeoutException)
        {
            throw new ExtensionRefusedException(
                string.Create(CultureInfo.InvariantCulture, $"{what} did not end within {Limit.TotalSeconds} seconds."));
        }

        end.Error?.Throw();
        return end.Value!;

        void Run()
        {
            try
            {
                ended.SetResult((code(), null));
            }
            catch (Exception error)
            {
                // Thrown where it is waited for; when nobody does any more, it has no say.
                ended.SetResult((default, ExceptionDispatchInfo.Capture(error)));
            }
        }
    }
}
