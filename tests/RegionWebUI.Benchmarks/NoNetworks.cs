using RegionWebUI.Imaging;
using RegionWebUI.Sdk;

namespace RegionWebUI.Benchmarks;

/// <summary>Networks of a run whose hooks need none.</summary>
internal sealed class NoNetworks : INetworks
{
    public Task<Conditioning> EncodeAsync(string prompt, int leastChunks = 1) => throw new NotSupportedException();

    public Task<Latent> EncodeAsync(Image picture) => throw new NotSupportedException();

    public Task<Image> DecodeAsync(Latent z) => throw new NotSupportedException();

    public Task<IReadOnlyList<Latent>> PredictAsync(IReadOnlyList<DenoiseRow> rows, Latent z, double t) => throw new NotSupportedException();

    public double Timestep(double sigma) => throw new NotSupportedException();

    public double AlphaBar(double t) => throw new NotSupportedException();
}
