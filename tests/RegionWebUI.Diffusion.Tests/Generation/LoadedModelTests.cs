using RegionWebUI.Diffusion.Generation;
using RegionWebUI.TestKit;
using RegionWebUI.TestKit.Fakes;

namespace RegionWebUI.Diffusion.Tests.Generation;

/// <summary>Models whose parts are whole but do not belong together: one sentence, before anything is computed.</summary>
public sealed class LoadedModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("unet/config.json", "\"cross_attention_dim\": 256", "\"cross_attention_dim\": 128", "width 128")]
    [InlineData("unet/config.json", "\"in_channels\": 4", "\"in_channels\": 9", "takes 9")]
    [InlineData("unet/config.json", "\"act_fn\": \"silu\"", "\"act_fn\": \"mish\"", "'act_fn'")]
    [InlineData("unet/config.json", "\"freq_shift\": 0", "\"time_cond_proj_dim\": 256", "'time_cond_proj_dim'")]
    [InlineData("unet/config.json", "\"freq_shift\": 0", "\"freq_shift\": 1e999", "'freq_shift'")]
    [InlineData("vae/config.json", "\"scaling_factor\": 0.8361198306083679", "\"scaling_factor\": 0", "'scaling_factor'")]
    [InlineData("vae/config.json", "\"latent_channels\": 4", "\"latent_channels\": 8", "VAE has 8")]
    [InlineData("text_encoder/config.json", "\"vocab_size\": 1025", "\"vocab_size\": 1000", "ids up to 1024")]
    [InlineData("text_encoder/config.json", "\"max_position_embeddings\": 77", "\"max_position_embeddings\": 64", "64")]
    [InlineData("scheduler/scheduler_config.json", "\"clip_sample\": false", "\"rescale_betas_zero_snr\": true", "'rescale_betas_zero_snr'")]
    public void Open_PartsThatDoNotFit_IsAModelErrorThatNamesTheValue(string file, string from, string to, string named)
    {
        var error = Assert.Throws<ModelException>(() => LoadedModel.Open(Changed(file, from, to), new ScriptedGraphRuntime()).Dispose());

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unet/config.json", "\"norm_num_groups\": 32", "\"norm_num_groups\": 7", "7 groups")]
    [InlineData("unet/config.json", "\"attention_head_dim\": 4", "\"attention_head_dim\": 7", "7 heads")]
    [InlineData("text_encoder/config.json", "\"num_attention_heads\": 4", "\"num_attention_heads\": 7", "7 heads")]
    [InlineData("vae/config.json", "\"norm_num_groups\": 16", "\"norm_num_groups\": 7", "7 groups")]
    public async Task Warm_ConfigurationThatDescribesNoNetwork_IsAModelError(string file, string from, string to, string named)
    {
        using var engine = new GenerationEngine(LoadedModel.Open(Changed(file, from, to), new ScriptedGraphRuntime()), TimeProvider.System);

        var error = await Assert.ThrowsAsync<ModelException>(() => engine.WarmAsync(TestContext.Current.CancellationToken));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    private string Changed(string file, string from, string to) => PocketCopy.Make(_folder.File("model"), file, from, to);
}
