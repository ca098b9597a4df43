using RegionWebUI.Graph;
using RegionWebUI.Imaging;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Objectives;

namespace RegionWebUI.TestKit.Fakes;

/// <summary>Networks of a run whose hooks must not need any.</summary>
public sealed class NoNetworks : INetworks
{
    public Task<Conditioning> EncodeAsync(string prompt, int leastChunks = 1) => throw new InvalidOperationException("No network was expected.");

    public Task<Latent> EncodeAsync(Image picture) => throw new InvalidOperationException("No network was expected.");

    public Task<Image> DecodeAsync(Latent z) => throw new InvalidOperationException("No network was expected.");

    public Task<IReadOnlyList<Latent>> PredictAsync(IReadOnlyList<DenoiseRow> rows, Latent z, double t) =>
        throw new InvalidOperationException("No network was expected.");

    public IObjective Objective(string key, Func<ILossBuilder, Expr> loss, params string[] wrt) =>
        throw new InvalidOperationException("No network was expected.");

    public Task<ReadOnlyMemory<float>> ClipTextAsync(string text) => throw new InvalidOperationException("No network was expected.");

    public double Timestep(double sigma) => throw new InvalidOperationException("No network was expected.");

    public double AlphaBar(double t) => throw new InvalidOperationException("No network was expected.");
}
