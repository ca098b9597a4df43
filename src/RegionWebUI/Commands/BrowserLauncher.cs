using System.ComponentModel;
using System.Diagnostics;

namespace RegionWebUI.Commands;

/// <summary>Shows a page in the user's browser, where there is one.</summary>
internal static class BrowserLauncher
{
    public static void Open(Uri address)
    {
        var hasDesktop = !OperatingSystem.IsLinux()
            || Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 }
            || Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is { Length: > 0 };
        if (!hasDesktop)
        {
            return;
        }

        try
        {
            using var browser = Process.Start(new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true });
        }
        catch (Win32Exception none)
        {
            Console.Error.WriteLine($"No browser could be opened ({none.Message.TrimEnd('.')}); open the address yourself.");
        }
    }
}
