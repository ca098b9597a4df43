using System.Diagnostics;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;
using RegionWebUI.Host.Extensions.Loading;

namespace RegionWebUI.Host.Extensions;

/// <summary>Finds out which extension an exception comes from, and keeps the process alive when one escapes in the background.</summary>
public static class ExtensionFaults
{
    private const int MostExceptions = 64;

    private static int _installed;

    /// <summary>The extension an exception comes from.</summary>
    /// <param name="error">Any exception, as deeply nested as may be.</param>
    /// <returns>
    /// Id of the extension whose code stands nearest to where it, or one inside it, was thrown; null when no extension's code was on the way.
    /// </returns>
    public static string? OwnerOf(Exception error) => ContextOf(error)?.Id;

    /// <summary>
    /// From now on an exception that an extension lets escape in the background (async void, a timer, a thread) does not end the process:
    /// its catalog lists the extension as broken, and it is not used from the next run on. The program's own exceptions end the process as
    /// before. Once per process; further calls do nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">Something else in the process handles unhandled exceptions already.</exception>
    public static void Install()
    {
        if (Interlocked.Exchange(ref _installed, 1) == 0)
        {
            ExceptionHandling.SetUnhandledExceptionHandler(TryReport);
            TaskScheduler.UnobservedTaskException += (_, e) =>
            {
                if (TryReport(e.Exception))
                {
                    e.SetObserved();
                }
            };
        }
    }

    /// <summary>Reports an exception to the catalog of the extension it comes from.</summary>
    /// <returns>False when it comes from no extension.</returns>
    internal static bool TryReport(Exception error)
    {
        var context = ContextOf(error);
        context?.ReportFault(error);
        return context is not null;
    }

    private static ExtensionLoadContext? ContextOf(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var seen = new HashSet<Exception>(ReferenceEqualityComparer.Instance);
        var open = new Queue<Exception>([error]);
        while (seen.Count < MostExceptions && open.TryDequeue(out var next))
        {
            if (!seen.Add(next))
            {
                continue;
            }

            if (Thrower(next) is { } context)
            {
                return context;
            }

            foreach (var inner in next is AggregateException many ? many.InnerExceptions : (IEnumerable<Exception?>)[next.InnerException])
            {
                if (inner is not null)
                {
                    open.Enqueue(inner);
                }
            }
        }

        return null;
    }

    // The stack comes first: the kind of an exception says only who wrote it, not who threw it.
    private static ExtensionLoadContext? Thrower(Exception error) =>
        new StackTrace(error, fNeedFileInfo: false).GetFrames()
            .Select(f => Context(f.GetMethod()?.Module.Assembly)).FirstOrDefault(c => c is not null) ?? Context(error.GetType().Assembly);

    private static ExtensionLoadContext? Context(Assembly? assembly) =>
        assembly is null ? null : AssemblyLoadContext.GetLoadContext(assembly) as ExtensionLoadContext;
}
