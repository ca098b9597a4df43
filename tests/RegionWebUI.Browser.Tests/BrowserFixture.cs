using Microsoft.Playwright;
using RegionWebUI.TestKit;

namespace RegionWebUI.Browser.Tests;

/// <summary>One Chromium and one running program for all journeys of a class. Without Chromium the journeys are skipped, in CI they fail.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] _candidates = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] _arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Data folder of the program.</summary>
    public TemporaryFolder Data { get; } = new();

    public RunningProgram Program { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var chromium = Environment.GetEnvironmentVariable("REGIONWEBUI_CHROMIUM") ?? _candidates.FirstOrDefault(File.Exists);
        if (chromium is null)
        {
            var inCi = Environment.GetEnvironmentVariable("CI") == "true";
            Assert.SkipUnless(inCi, "Chromium is not installed; set REGIONWEBUI_CHROMIUM to its path.");
            throw new FileNotFoundException($"No Chromium at {string.Join(", ", _candidates)}; eng/test.sh installs it.");
        }

        Program = await RunningProgram.StartAsync(Data.Path, failpoint: null, CancellationToken.None);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = _arguments });
    }

    /// <summary>Opens the page in a fresh context and waits until it answers.</summary>
    public async Task<IPage> OpenAsync(int width = 1280, int height = 800)
    {
        var page = await _browser!.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = height } });
        page.SetDefaultTimeout(30_000);
        await page.GotoAsync(Program.Address.ToString());
        await page.WaitForSelectorAsync("[data-ready='true']");
        return page;
    }

    /// <summary>Saves a picture of the page in the folder that REGIONWEBUI_SCREENSHOTS names; does nothing without it.</summary>
    public static async Task ShootAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("REGIONWEBUI_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{page.ViewportSize!.Width}.png") });
        }
    }

    /// <summary>Kills the program and starts it again on the same data.</summary>
    public async Task RestartAsync()
    {
        await Program.DisposeAsync();
        Program = await RunningProgram.StartAsync(Data.Path, failpoint: null, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (Program is not null)
        {
            await Program.DisposeAsync();
        }

        Data.Dispose();
    }
}
