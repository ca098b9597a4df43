using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Imaging;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace RegionWebUI.Diffusion.Tests.Hooks;

/// <summary>RDM's blend (Alg. 1 line 13) as an extension writes it.</summary>
public class BlendHookTests
{
    private const int Side = 8;

    private static readonly Mask _mask = Mask.Of(Side, Side, (x, y) => x is >= 2 and < 6 && y < 5 ? 1 : 0);
    private static readonly Latent _z0 = Values(0.3, 0.7);
    private static readonly Latent _noise = Values(1.1, 0.2);

    public static TheoryData<string> Samplers => [.. SamplerCatalog.Names];

    [Theory]
    [MemberData(nameof(Samplers))]
    public async Task Blend_MaskedSource_IsTheNoisedSourceBitForBitOutsideAtEveryStep(string sampler)
    {
        var before = new List<Latent>();
        var after = new List<(StepInfo Step, Latent Z)>();
        Latent? seenByNextCall = null;
        var run = new SeamRun { Sampler = sampler, Side = Side };

        var final = await run.RunAsync(
            Hook.Plan(c =>
            {
                // Restart noises the state between two steps: only a step that begins where the last ended sees its z.
                if (c.Step.Index > 0 && after.Count == c.Step.Index && seenByNextCall is null && c.Step.Sigma == after[^1].Step.SigmaNext)
                {
                    seenByNextCall = c.Z(c.Lanes[0]);
                    Assert.Equal(after[^1].Z.Data.ToArray(), seenByNextCall.Data.ToArray());
                }
            }),
            Hook.Blend(c => before.Add(c.Z(c.Lanes[0]))),
            new RdmBlend(_mask, _z0, _noise),
            Hook.Blend(c =>
            {
                after.Add((c.Step, c.Z(c.Lanes[0])));
                seenByNextCall = null;
            }));

        Assert.True(after.Count > 5);
        Assert.Equal(after[^1].Step.Count, after.Count);
        for (var i = 0; i < after.Count; i++)
        {
            var (step, z) = after[i];
            var (signal, spread) = (Math.Sqrt(step.AlphaBarNext), Math.Sqrt(1 - step.AlphaBarNext));
            for (var n = 0; n < z.Data.Length; n++)
            {
                var inside = _mask.Values.Span[n % (Side * Side)] == 1;
                var source = i == after.Count - 1
                    ? _z0.Data.Span[n]
                    : (float)((signal * _z0.Data.Span[n]) + (spread * _noise.Data.Span[n]));
                Assert.Equal(inside ? before[i].Data.Span[n] : source, z.Data.Span[n]);
            }
        }

        Assert.Equal(after[^1].Z.Data.ToArray(), final[0].Data.ToArray());
    }

    [Fact]
    public async Task Blend_HookThatOnlyLooks_ChangesNoBit()
    {
        var run = new SeamRun { Sampler = "Euler a" };

        var plain = await run.RunAsync();
        var watched = await run.RunAsync(Hook.Blend(c => Assert.Equal(4, c.Z(c.Lanes[0]).Channels + (0 * c.X0(c.Lanes[0]).Width))));

        Assert.Equal(plain[0].Data.ToArray(), watched[0].Data.ToArray());
    }

    private static Latent Values(double frequency, double phase) =>
        new(4, Side, Side, Enumerable.Range(0, 4 * Side * Side).Select(i => (float)Math.Sin((i * frequency) + phase)).ToArray());

    private sealed class RdmBlend(Mask mask, Latent z0, Latent noise) : IBlendHook
    {
        public void Blend(BlendContext c) =>
            c.Set(c.Lanes[0], Latent.Select(mask, c.Z(c.Lanes[0]), c.Noised(z0, noise)));
    }
}
