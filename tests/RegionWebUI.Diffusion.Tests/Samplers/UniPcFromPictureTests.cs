using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Diffusion.Tests.Hooks;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.Sdk;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Samplers;

/// <summary>UniPC's runs from a picture, recorded from A1111, through the whole loop.</summary>
public sealed class UniPcFromPictureTests
{
    [Fact]
    [Trait("Category", "Fixture")]
    public async Task RunAsync_EveryRecordedRunFromAPicture_WalksA1111sOwnTableToItsEnd()
    {
        var file = Fixtures.Open("schedulers", "traj_unipc.json");
        var run = 0;
        foreach (var c in file.Cases.Where(c => c.TryGetProperty("denoising_strength", out _)))
        {
            var id = c.GetProperty("id").GetString()!;
            var from = ImageToImageSteps.Of(c.GetProperty("steps").GetInt32(), c.GetProperty("denoising_strength").GetDouble(), exact: false);
            var unet = new MixtureUNet(MixtureDenoiser.Load());
            var seam = new SeamRun
            {
                UNet = unet,
                Sampler = "UniPC",
                Steps = from.ScheduleSteps,
                With = plan => plan with { Encoded = from.Encoded },
            };
            var z = (await seam.RunAsync(Hook.Start(context =>
            {
                context.FirstStep = from.FirstStep;
                context.Set(context.Lanes[0], new Latent(4, 8, 8, file.Floats(c.GetProperty("x_start").GetString()!)));
            })))[0];

            var calls = c.GetProperty("model_calls").EnumerateArray().Select(t => t.GetDouble()).ToArray();
            Near.Absolute(calls, unet.Timesteps, 2e-3, $"{id} model calls");

            // A tolerance for a double-precision engine; the UNet of a run takes and gives float32.
            Near.Absolute(
                file.AsDoubles(c.GetProperty("x_final_f64").GetString()!),
                [.. z.Data.ToArray().Select(v => (double)v)],
                c.GetProperty("tolerance").EnumerateArray().Last().GetDouble(),
                $"{id} at the end");
            run++;
        }

        Assert.True(run > 0);
    }

    /// <summary>The fixtures' denoiser as a network.</summary>
    private sealed class MixtureUNet(MixtureDenoiser denoiser) : IUNet
    {
        public List<double> Timesteps { get; } = [];

        public PredictionType Prediction => PredictionType.Epsilon;

        public int MaxRows => 2;

        public int Granularity => 1;

        public void Predict(HostTensor sample, HostTensor timestep, HostTensor context, HostTensor prediction, CancellationToken cancellationToken)
        {
            Timesteps.Add(timestep.Floats[0]);
            var z = Array.ConvertAll(sample.Floats, v => (double)v);
            denoiser.Eps(z, timestep.Floats[0], NoiseSchedule.StableDiffusion).Select(v => (float)v).ToArray().CopyTo(prediction.Floats, 0);
        }
    }
}
