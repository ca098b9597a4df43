using System.Net.Http.Json;
using System.Text.Json;
using RegionWebUI.Host.Settings;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.TestKit;

namespace RegionWebUI.Tests;

/// <summary>kill -9 in the middle of a job: nothing broken stays under a final name, and the program starts and works again.</summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int Seed = 20261124;

    /// <summary>Longest a killed process may take; reached only when it was not killed.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _data = new();
    private readonly HttpClient _client = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _data.Dispose();
    }

    /// <summary>Every failpoint once and one of them again, in seeded order.</summary>
    private static string[] Phases
    {
        get
        {
            var random = new Random(Seed);
            string[] phases = [.. FailpointNames.All, FailpointNames.All[random.Next(FailpointNames.All.Count)]];
            random.Shuffle(phases);
            return phases;
        }
    }

    [Fact]
    public async Task Serve_TenSeededKills_LeaveNoBrokenFileAndAProgramThatStarts()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "A process kills itself with SIGKILL.");
        var phases = Phases;
        Assert.Equal(10, phases.Length);
        var whole = 0;
        foreach (var phase in phases)
        {
            await using var program = await RunningProgram.StartAsync(_data.Path, $"{phase}=crash", Stop);
            Assert.True(WholePictures() >= whole, "a kept picture is gone");
            AssertNothingHalf();
            whole = WholePictures();

            // Only the failpoint ends the program so: the kill landed where it was meant to.
            Assert.Equal(ProgramProcess.Killed, await SubmitUntilItDiesAsync(program, phase));
            output.WriteLine($"killed at {phase}, {WholePictures()} whole pictures");
        }

        await using var last = await RunningProgram.StartAsync(_data.Path, failpoint: null, Stop);
        AssertNothingHalf();
        var before = WholePictures();
        await MakeOneAsync(last);
        Assert.Equal(before + 1, WholePictures());
    }

    private static object Request(int steps) => new { prompt = "a donut on a green background", seed = 1, steps, width = 64, height = 64 };

    private async Task<int> SubmitUntilItDiesAsync(RunningProgram program, string phase)
    {
        // A preview comes beside the steps; a short run may be over before it.
        var request = Request(steps: phase == FailpointNames.JobPreview ? 1000 : 4);
        try
        {
            await _client.PostAsJsonAsync(new Uri(program.Address, "/api/v1/jobs"), request, Stop);
        }
        catch (HttpRequestException)
        {
            // Killed while answering.
        }

        using var bound = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        bound.CancelAfter(_longest);
        return await program.ExitAsync(bound.Token);
    }

    private async Task MakeOneAsync(RunningProgram program)
    {
        var accepted = await _client.PostAsJsonAsync(new Uri(program.Address, "/api/v1/jobs"), Request(steps: 4), Stop);
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
