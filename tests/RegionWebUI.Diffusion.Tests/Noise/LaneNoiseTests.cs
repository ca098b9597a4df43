using RegionWebUI.Diffusion.Noise;

namespace RegionWebUI.Diffusion.Tests.Noise;

public class LaneNoiseTests
{
    [Fact]
    public void Draw_SeveralLanes_GivesEachWhatItWouldDrawAlone()
    {
        const int Lane = 20;
        var together = new LaneNoise([new TorchCpuGenerator(5), new TorchCpuGenerator(6)], Lane);
        var (five, six) = (new TorchCpuGenerator(5), new TorchCpuGenerator(6));

        for (var draw = 0; draw < 3; draw++)
        {
            var expected = five.Randn(Lane).Concat(six.Randn(Lane)).Select(v => (double)v);
            Assert.Equal(expected, together.Draw());
        }
    }
}
