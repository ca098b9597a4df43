using System.Net.Http.Json;
using System.Text.Json;
using RegionWebUI.Host.Settings;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.TestKit;

namespace RegionWebUI.Tests;

/// <summary>kill -9 in the middle of a job: nothing broken stays under a final name, and the program starts and works again.</summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int Kills = 10;
    private const int LeastPhases = 4;
    private const int Seed = 20261124;

    private readonly TemporaryFolder _data = new();
    private readonly HttpClient _client = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task Serve_TenSeededKills_LeaveNoBrokenFileAndAProgramThatStarts()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "A process kills itself with SIGKILL.");
        var random = new Random(Seed);
        var phases = new HashSet<string>();
        var whole = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            var phase = FailpointNames.All[random.Next(FailpointNames.All.Count)];
            await using var program = await RunningProgram.StartAsync(_data.Path, $"{phase}=crash", Stop);
            Assert.True(WholePictures() >= whole, "a kept picture is gone");
            AssertNothingHalf();
            whole = WholePictures();

            await SubmitUntilItDiesAsync(program);

            phases.Add(phase);
            output.WriteLine($"killed at {phase}, {WholePictures()} whole pictures");
        }

        await using var last = await RunningProgram.StartAsync(_data.Path, failpoint: null, Stop);
        AssertNothingHalf();
        var before = WholePictures();
        await MakeOneAsync(last);
        Assert.Equal(before + 1, WholePictures());
        Assert.True(phases.Count >= LeastPhases, $"the kills landed in {phases.Count} phases only");
    }

    private static object Request => new { prompt = "a donut on a green background", seed = 1, steps = 4, width = 64, height = 64 };

    private async Task SubmitUntilItDiesAsync(RunningProgram program)
    {
        try
        {
            await _client.PostAsJsonAsync(new Uri(program.Address, "/api/v1/jobs"), Request, Stop);
        }
        catch (HttpRequestException)
        {
            // Killed while answering.
        }

        await program.ExitAsync(Stop);
    }

    private async Task MakeOneAsync(RunningProgram program)
    {
        var accepted = await _client.PostAsJsonAsync(new Uri(program.Address, "/api/v1/jobs"), Request, Stop);
        accepted.EnsureSuccessStatusCode();
        var id = (await accepted.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetString();
        string? state;
        do
        {
            var job = await _client.GetFromJsonAsync<JsonElement>(new Uri(program.Address, $"/api/v1/jobs/{id}"), Stop);
            state = job.GetProperty("state").GetString();
        }
        while (state?.ToUpperInvariant() is "QUEUED" or "RUNNING");

        Assert.Equal("DONE", state?.ToUpperInvariant());
    }

    /// <summary>Every file under a final name decodes and carries its parameters.</summary>
    private int WholePictures()
    {
        var files = _data.Files.Where(f => f.EndsWith(".png", StringComparison.Ordinal)).ToList();
        foreach (var file in files)
        {
            var png = PngFile.Decode(File.ReadAllBytes(_data.File(file)));
            Assert.Contains("Steps: 4", png.Infotext, StringComparison.Ordinal);
        }

        return files.Count;
    }

    /// <summary>Leftovers of the kill before were swept when the program started.</summary>
    private void AssertNothingHalf() => Assert.DoesNotContain(_data.Files, f => f.Contains(".tmp-", StringComparison.Ordinal));
}
