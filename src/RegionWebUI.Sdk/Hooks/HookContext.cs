namespace RegionWebUI.Sdk.Hooks;

/// <summary>
/// What every hook is given. Of no use after the call it was given to has ended: what would change the run then throws
/// <see cref="InvalidOperationException"/>, and what is reported then is not shown.
/// </summary>
public abstract class HookContext
{
    /// <summary>Cancelled when the user ends the run. A long hook watches it.</summary>
    public abstract CancellationToken Cancellation { get; }

    /// <summary>
    /// Says what a long hook does, for the page and the command line. A hook that takes more than ten seconds without a word is shown
    /// as one that does.
    /// </summary>
    /// <param name="what">A few words, as "inverting, step 3 of 20"; shown as one line and cut after 240 characters.</param>
    public abstract void Report(string what);
}
