using System.Text.Json;
using RegionWebUI.Imaging;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace RegionWebUI.Diffusion.Tests.Hooks;

/// <summary>MRGD's Eq. (1) as an extension writes it: two lanes, three overlapping crops each, feather masks as weights.</summary>
public class MrgdFusionTests
{
    private const int Side = 12;

    private static readonly Box[] _crops = [new(0, 0, 8, 8), new(4, 0, 8, 10), new(0, 6, 12, 6)];
    private static readonly double[] _scales = [3, 1, 5];

    private static readonly (float Positive, float Negative)[][] _prompts =
        [[(1, .25f), (-.5f, .125f), (2, 0)], [(.5f, .25f), (1.5f, .125f), (-1, 0)]];

    [Fact]
    public async Task Plan_TwoLanesThreeCrops_EndsAtTheRecordedLatents()
    {
        var unet = new AnalyticUNet();
        var lanes = await new SeamRun { UNet = unet, Lanes = 2, Side = Side, Steps = 10 }.RunAsync(Start, new Regions());

        using var stream = typeof(MrgdFusionTests).Assembly.GetManifestResourceStream("mrgd-fusion.json")!;
        using var recorded = JsonDocument.Parse(stream);
        var values = recorded.RootElement.GetProperty("values").EnumerateArray().ToList();
        Assert.Equal(128, values.Count);
        foreach (var value in values)
        {
            var (lane, c, y, x) = (value[0].GetInt32(), value[1].GetInt32(), value[2].GetInt32(), value[3].GetInt32());
            Assert.Equal(value[4].GetDouble(), lanes[lane][c, y, x], 2e-5);
        }

        // Per model call: the two guided 8 x 8 halves and their partners in one call, the 8 x 10 alone, the 12 x 6 in another.
        Assert.Equal(30, unet.Calls.Count);
        Assert.Equal([(4, 8, 8, 77), (2, 10, 8, 77), (4, 6, 12, 77)], unet.Calls.Take(3));
    }

    [Fact]
    public async Task Fuse_Next_IsTheWeightedMeanOfTheRows()
    {
        var seen = 0;
        await new SeamRun { Lanes = 2, Side = Side, Steps = 2 }.RunAsync(Start, new Regions(), Hook.Fuse((c, next) =>
        {
            var fused = next();
            for (var y = 0; y < Side; y++)
            {
                for (var x = 0; x < Side; x++)
                {
                    double sum = 0, shares = 0;
                    foreach (var (row, eps) in c.Rows)
                    {
                        if (row.Crop.Contains(new Box(x, y, 1, 1)))
                        {
                            double w = row.Weight![x - row.Crop.X, y - row.Crop.Y];
                            sum += w * eps[1, y - row.Crop.Y, x - row.Crop.X];
                            shares += w;
                        }
                    }

                    Assert.Equal((float)(sum / shares), fused[1, y, x]);
                }
            }

            seen++;
            return fused;
        }));
        Assert.Equal(4, seen);
    }

    private static IHook Start => Hook.Start(c =>
    {
        foreach (var lane in c.Lanes)
        {
            var values = Enumerable.Range(0, 4 * Side * Side).Select(i => (float)Math.Sin((i * 0.7) + lane.Index));
            c.Set(lane, new Latent(4, Side, Side, values.ToArray()));
        }
    });

    private sealed class Regions : IPlanHook
    {
        public void Plan(PlanContext c)
        {
            c.Rows.Clear();
            foreach (var lane in c.Lanes)
            {
                for (var r = 0; r < _crops.Length; r++)
                {
                    var (positive, negative) = _prompts[lane.Index][r];
                    c.Rows.Add(new DenoiseRow(
                        $"{lane.Name} region {r}", lane, _crops[r], AnalyticUNet.Prompt(positive), AnalyticUNet.Prompt(negative), _scales[r])
                    {
                        Weight = Feather(_crops[r]),
                    });
                }
            }
        }

        // MRGD's released mask: (d / radius)^2 within the radius, 1 inside; a floor keeps a share for every cell.
        private static Mask Feather(Box box)
        {
            var radius = Math.Min(box.Width / 2, box.Height / 2) / 2;
            return Mask.Of(box.Width, box.Height, (x, y) =>
            {
                double d = Math.Min(Math.Min(x, box.Width - 1 - x), Math.Min(y, box.Height - 1 - y));
                return (float)Math.Max(d < radius ? d / radius * (d / radius) : 1, 0.05);
            });
        }
    }
}
