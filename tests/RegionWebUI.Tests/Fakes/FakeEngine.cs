using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Host.Jobs;
using RegionWebUI.Host.Parameters;
using RegionWebUI.Sdk;

namespace RegionWebUI.Tests.Fakes;

/// <summary>What the page is told about the engine, and a driver that carries jobs of the fake queue to their end.</summary>
internal static class FakeEngine
{
    public static EngineInfo Info { get; } = new()
    {
        ModelName = "pocket",
        Device = "CPU (2 threads)",
        NativeSize = 128,
        Parameters = new GenerationParameters(RequestValidator.Standard),
    };

    /// <summary>Does one step of the current job; a preview every third step; the picture after the last.</summary>
    public static void Advance(FakeJobQueue queue, FakeGallery gallery, double stepsPerSecond = 10)
    {
        if (queue.Current is not { } job)
        {
            return;
        }

        var request = job.Request;
        var (width, height) = (request.Width ?? 128, request.Height ?? 128);
        if (job.Step < job.Steps)
        {
            var step = job.Step + 1;
            var preview = step % 3 == 0;
            if (preview)
            {
                queue.SetPreview(job.Id, PictureMaker.Png(PictureMaker.Draw(width, height, request.Seed, (double)step / job.Steps)));
            }

            queue.Change(job.Id, j => j with
            {
                State = JobState.Running,
                Phase = GenerationPhase.Sampling,
                Step = step,
                StepsPerSecond = step < 2 ? 0 : stepsPerSecond,
                Remaining = step < 2 ? null : TimeSpan.FromSeconds((job.Steps - step) / stepsPerSecond),
                Preview = preview ? j.Preview + 1 : j.Preview,
            });
            return;
        }

        var pictures = new List<string>();
        for (var i = 0; i < request.BatchSize; i++)
        {
            var seed = request.Seed + i;
            var picture = PictureMaker.Draw(width, height, seed, 1);
            pictures.Add(gallery.Add(new GeneratedPicture(picture, seed, Infotext(request, seed, width, height))).Id);
        }

        queue.Change(job.Id, j => j with { State = JobState.Done, Pictures = pictures, Seconds = job.Steps / stepsPerSecond, Device = "CPU" });
    }

    private static string Infotext(GenerationRequest request, long seed, int width, int height) =>
        request.Prompt + (request.NegativePrompt.Length > 0 ? $"\nNegative prompt: {request.NegativePrompt}" : "")
        + $"\nSteps: {request.Steps}, Sampler: {request.Sampler}, CFG scale: {request.CfgScale}, Seed: {seed}"
        + $", Size: {width}x{height}, Model: pocket, RNG: CPU";
}
