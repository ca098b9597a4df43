using RegionWebUI.Diffusion.Noise;

namespace RegionWebUI.Diffusion.Tests.Noise;

public class LaneNoiseTests
{
    [Fact]
    public void Draw_SeveralLanes_GivesEachWhatItWouldDrawAlone()
    {
        const int Lane = 20;
        var together = new LaneNoise([new TorchCpuGenerator(5), new TorchCpuGenerator(6)], [], Lane);
        var (five, six) = (new TorchCpuGenerator(5), new TorchCpuGenerator(6));

        for (var draw = 0; draw < 3; draw++)
        {
            var expected = five.Randn(Lane).Concat(six.Randn(Lane)).Select(v => (double)v);
            Assert.Equal(expected, together.Draw());
        }
    }

    [Fact]
    public void Between_SeveralLanes_GivesEachThePathItWouldHaveAlone()
    {
        const int Lane = 20;
        BrownianTree Path(long seed) => new(seed, 0.03, 14.6, Lane);
        var together = new LaneNoise([], [Path(5), Path(6)], Lane);

        Assert.Equal([.. Path(5).Between(3, 1), .. Path(6).Between(3, 1)], together.Between(3, 1));
    }
}
