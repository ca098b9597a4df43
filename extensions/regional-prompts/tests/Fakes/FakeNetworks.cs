using RegionWebUI.Graph;
using RegionWebUI.Imaging;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Objectives;

namespace RegionalPrompts.Tests.Fakes;

/// <summary>Encodes prompts as conditionings that can be told apart, and remembers them.</summary>
internal sealed class FakeNetworks : INetworks
{
    public List<string> Encoded { get; } = [];

    public Task<Conditioning> EncodeAsync(string prompt, int leastChunks = 1)
    {
        Encoded.Add(prompt);
        return Task.FromResult(Of(Encoded.Count));
    }

    /// <summary>What the n-th prompt became, from 1; 0 and below for what the engine encoded.</summary>
    public static Conditioning Of(int number) => new(1, 1, Enumerable.Repeat((float)number, Conditioning.TokensPerChunk).ToArray());

    /// <summary>The number a conditioning was made with.</summary>
    public static int NumberOf(Conditioning conditioning) => (int)conditioning.Embeddings.Span[0];

    public Task<Latent> EncodeAsync(Image picture) => throw new NotSupportedException();

    public Task<Image> DecodeAsync(Latent z) => throw new NotSupportedException();

    public Task<IReadOnlyList<Latent>> PredictAsync(IReadOnlyList<DenoiseRow> rows, Latent z, double t) => throw new NotSupportedException();

    public IObjective Objective(string key, Func<ILossBuilder, Expr> loss, params string[] wrt) => throw new NotSupportedException();

    public Task<ReadOnlyMemory<float>> ClipTextAsync(string text) => throw new NotSupportedException();

    public double Timestep(double sigma) => throw new NotSupportedException();

    public double AlphaBar(double t) => throw new NotSupportedException();
}
