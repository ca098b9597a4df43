using System.Security.Cryptography;
using RegionWebUI.Diffusion.Checkpoints;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Checkpoints;

public sealed class DiffusersFolderTests : IDisposable
{
    private const string Unet = "unet/diffusion_pytorch_model.safetensors";
    private const string TextEncoder = "text_encoder/model.safetensors";

    private static readonly byte[] _weights = new SafetensorsWriter().Add("w", "F32", [2], 1f, 2f).ToBytes();

    private readonly TemporaryFolder _folder = new();

    public DiffusersFolderTests()
    {
        Write("model_index.json", """
            {"_class_name": "StableDiffusionPipeline", "unet": ["diffusers", "UNet2DConditionModel"], "safety_checker": [null, null]}
            """);
        foreach (var file in (string[])["tokenizer/vocab.json", "text_encoder/config.json", "unet/config.json", "vae/config.json"])
        {
            Write(file, "{}");
        }

        Write("tokenizer/merges.txt", "");
        Write("scheduler/scheduler_config.json", """{"prediction_type": "epsilon"}""");
        foreach (var file in (string[])[Unet, TextEncoder, "vae/diffusion_pytorch_model.safetensors"])
        {
            _folder.Write($"toy/{file}", _weights);
        }
    }

    private string Model => Path.Combine(_folder.Path, "toy");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_PocketModel_HasEveryPart()
    {
        var model = DiffusersFolder.Open(Repository.PocketModel);

        Assert.Equal("pocket", model.Name);
        Assert.Equal([96, 160, 224], model.UnetConfig.GetProperty("block_out_channels").EnumerateArray().Select(item => item.GetInt32()));
        Assert.Equal(4, model.VaeConfig.GetProperty("latent_channels").GetInt32());
        Assert.Equal(256, model.TextEncoderConfig.GetProperty("hidden_size").GetInt32());
        Assert.Equal("epsilon", model.SchedulerConfig.GetProperty("prediction_type").GetString());
        Assert.Equal([1025, 256], model.TextEncoder.Get("text_model.embeddings.token_embedding.weight").Tensor.Shape.ToArray());
        Assert.Equal(96, model.Unet.ReadFloats("conv_in.bias").Length);
        Assert.Equal(model.Unet.Files[0].InFileOrder.Sum(tensor => tensor.ByteLength), model.Unet.TotalBytes);
        Assert.True(File.Exists(Path.Combine(model.TokenizerPath, "vocab.json")));
        var sum = SHA256.HashData(File.ReadAllBytes(Path.Combine(Repository.PocketModel, Unet)));
        Assert.Equal(Convert.ToHexStringLower(sum)[..10], model.ModelHash());
    }

    [Fact]
    public void Open_ToyModel_IsWhole() => Assert.Equal([1f, 2f], DiffusersFolder.Open(Model + "/").Unet.ReadFloats("w"));

    [Theory]
    [InlineData("model_index.json", "is no model in the diffusers layout: model_index.json is missing")]
    [InlineData("unet/config.json", "The model 'toy' is half there: unet/config.json is missing.")]
    [InlineData("tokenizer/merges.txt", "The model 'toy' is half there: tokenizer/merges.txt is missing.")]
    [InlineData("scheduler/scheduler_config.json", "half there: scheduler/scheduler_config.json is missing.")]
    [InlineData(Unet, "half there: unet/diffusion_pytorch_model.safetensors is missing.")]
    [InlineData(TextEncoder, "half there: text_encoder/model.safetensors is missing.")]
    public void Open_PartMissing_IsNamed(string part, string sentence)
    {
        File.Delete(Path.Combine(Model, part));

        Refused(sentence);
    }

    [Fact]
    public void Open_SeveralPartsMissing_AreAllNamed()
    {
        Directory.Delete(Path.Combine(Model, "vae"), recursive: true);

        Refused("The model 'toy' is half there: vae/config.json and vae/diffusion_pytorch_model.safetensors are missing.");
    }

    [Fact]
    public void Open_NothingThere_IsNamed() =>
        Assert.Contains("/nowhere' does not exist", Assert.Throws<ModelException>(() => DiffusersFolder.Open(Model + "/nowhere")).Message);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\0b")]
    public void Open_NoPath_IsRefused(string path) =>
        Assert.EndsWith("does not exist.", Assert.Throws<ModelException>(() => DiffusersFolder.Open(path)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("model.ckpt", "is a pickle, which can run code")]
    [InlineData("model.safetensors", "is a file: give the folder")]
    public void Open_File_IsRefusedWithAdvice(string name, string advice)
    {
        var file = _folder.Write(name, "x");

        Assert.Contains(advice, Assert.Throws<ModelException>(() => DiffusersFolder.Open(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FolderOfOnePickle_IsRefusedWithAdvice()
    {
        Directory.Delete(Model, recursive: true);
        Write("sd-v1-4.ckpt", "x");

        Refused("only the pickle sd-v1-4.ckpt, which can run code when it is opened: convert it");
    }

    [Fact]
    public void Open_WeightsOnlyAsPickle_AreRefusedWithAdvice()
    {
        File.Delete(Path.Combine(Model, Unet));
        Write("unet/diffusion_pytorch_model.bin", "x");

        Refused("The weights unet/diffusion_pytorch_model.bin of the model 'toy' are a pickle, which can run code when opened: convert them");
    }

    [Fact]
    public void Open_PickleBesideSafetensors_IsLeftAlone()
    {
        Write("unet/diffusion_pytorch_model.bin", "x");

        Assert.Equal(1, DiffusersFolder.Open(Model).Unet.Count);
    }

    [Theory]
    [InlineData("model_index.json", "{", "toy/model_index.json' is damaged")]
    [InlineData("model_index.json", "[]", "toy/model_index.json' is damaged: it does not hold a JSON object")]
    [InlineData("model_index.json", "{}", "is a pipeline without a name, which has no UNet")]
    [InlineData("model_index.json", """{"_class_name": "FluxPipeline", "transformer": ["d", "F"]}""", "is a FluxPipeline, which has no UNet")]
    [InlineData("model_index.json", """{"_class_name": "XL", "unet": ["d", "U"], "text_encoder_2": ["t", "C"]}""", "is a XL with two text encoders")]
    [InlineData("unet/config.json", "{\"a\":1,\"a\":1}", "toy/unet/config.json' is damaged: it is not valid JSON with every key once")]
    [InlineData("vae/config.json", "\uFEFF", "toy/vae/config.json' is damaged")]
    [InlineData(Unet, "pickled", "The weights file 'toy/unet/diffusion_pytorch_model.safetensors' is damaged: it has 7 bytes")]
    [InlineData(Unet, "version https://git-lfs.github.com/spec/v1", "toy/unet/diffusion_pytorch_model.safetensors' is damaged")]
    public void Open_PartDamaged_IsNamed(string part, string content, string sentence)
    {
        Write(part, content);

        Refused(sentence);
    }

    [Theory]
    [InlineData("diffusion_pytorch_model.fp16.safetensors")]
    [InlineData("diffusion_pytorch_model.safetensors.index.json")]
    [InlineData("diffusion_pytorch_model.fp16.safetensors.index.json")]
    [InlineData("diffusion_pytorch_model.safetensors.index.fp16.json")]
    public void Open_OtherFileNames_AreFound(string name)
    {
        File.Delete(Path.Combine(Model, Unet));
        _folder.Write($"toy/unet/{(name.EndsWith(".json", StringComparison.Ordinal) ? "part.safetensors" : name)}", _weights);
        if (name.EndsWith(".json", StringComparison.Ordinal))
        {
            Write($"unet/{name}", """{"weight_map": {"w": "part.safetensors"}}""");
        }

        Assert.Equal([1f, 2f], DiffusersFolder.Open(Model).Unet.ReadFloats("w"));
    }

    [Fact]
    public void Open_Shards_AreOneSet()
    {
        var second = new SafetensorsWriter().Add("v", "F16", [3], (Half)1, (Half)2, (Half)3).ToBytes();
        Sharded("""{"w": "m-00001-of-00002.safetensors", "v": "m-00002-of-00002.safetensors"}""");
        _folder.Write("toy/unet/m-00001-of-00002.safetensors", _weights);
        _folder.Write("toy/unet/m-00002-of-00002.safetensors", second);

        var unet = DiffusersFolder.Open(Model).Unet;

        Assert.Equal((2, 14L), (unet.Count, unet.TotalBytes));
        Assert.Equal([1f, 2f, 3f], unet.ReadFloats("v"));
        Assert.EndsWith("m-00002-of-00002.safetensors", unet.Find("v")!.Value.File.Path, StringComparison.Ordinal);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([.. _weights, .. second]))[..10], unet.ShortHash());
    }

    [Theory]
    [InlineData("""{"w": "../text_encoder/model.safetensors"}""", "no plain .safetensors file name")]
    [InlineData("""{"w": "..\\text_encoder\\model.safetensors"}""", "no plain .safetensors file name")]
    [InlineData("""{"w": "/etc/passwd"}""", "no plain .safetensors file name")]
    [InlineData("""{"w": "C:x.safetensors"}""", "no plain .safetensors file name")]
    [InlineData("""{"w": "x.bin"}""", "no plain .safetensors file name")]
    [InlineData("""{"w": ""}""", "no plain .safetensors file name")]
    [InlineData("""{"w": null}""", "no plain .safetensors file name")]
    [InlineData("""{"w": 3}""", "weight_map is not text to text")]
    [InlineData("""{"w": "\ud800"}""", "is damaged")]
    [InlineData("{}", "its weight_map is empty")]
    [InlineData("[]", "has no object 'weight_map'")]
    [InlineData("""{"w": "lost.safetensors"}""", "The weights 'toy/unet' are half there: lost.safetensors is missing.")]
    [InlineData("""{"q": "part.safetensors"}""", "places 'q' in 'toy/unet/part.safetensors', which does not hold it")]
    public void Open_BadIndex_IsRefused(string map, string sentence)
    {
        Sharded(map);
        _folder.Write("toy/unet/part.safetensors", _weights);

        Refused(sentence);
    }

    [Theory]
    [InlineData("text_model.")]
    [InlineData("")]
    public void Find_TextEncoder_PrefixCountsForNothing(string prefix)
    {
        _folder.Write($"toy/{TextEncoder}", new SafetensorsWriter()
            .Add($"{prefix}embeddings.position_ids", "I64", [1], 0L)
            .Add($"{prefix}final_layer_norm.bias", "F32", [1], 3f)
            .ToBytes());

        var encoder = DiffusersFolder.Open(Model).TextEncoder;

        Assert.Equal(["final_layer_norm.bias"], encoder.Names);
        Assert.Equal([3f], encoder.ReadFloats("text_model.final_layer_norm.bias"));
        Assert.Equal([3f], encoder.ReadFloats("final_layer_norm.bias"));
        Assert.Null(encoder.Find("text_model.embeddings.position_ids"));
        Assert.Contains("lack the tensor 'x'", Assert.Throws<ModelException>(() => encoder.Get("x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_TensorWithAndWithoutPrefix_IsRefused()
    {
        _folder.Write($"toy/{TextEncoder}", new SafetensorsWriter().Add("text_model.a", "U8", [1], (byte)0).Add("a", "U8", [1], (byte)0).ToBytes());

        Refused("hold the tensor 'a' twice");
    }

    [Fact]
    public void Open_LinksIntoACache_ReadsTheBlobs()
    {
        var blob = _folder.Write("blobs/abc", _weights);
        File.Delete(Path.Combine(Model, Unet));
        File.CreateSymbolicLink(Path.Combine(Model, Unet), "../../blobs/abc");

        Assert.Equal(blob, DiffusersFolder.Open(Model).Unet.Files[0].Path);
    }

    [Fact]
    public void ModelHash_Cancelled_StopsAndCanBeAskedAgain()
    {
        var model = DiffusersFolder.Open(Model);

        Assert.Throws<OperationCanceledException>(() => model.ModelHash(new CancellationToken(canceled: true)));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(_weights))[..10], model.ModelHash());
    }

    private void Write(string part, string content) => _folder.Write($"toy/{part}", content);

    private void Sharded(string map)
    {
        File.Delete(Path.Combine(Model, Unet));
        Write($"{Unet}.index.json", $$"""{"metadata": {}, "weight_map": {{map}}}""");
    }

    private void Refused(string sentence)
    {
        var error = Assert.Throws<ModelException>(() => DiffusersFolder.Open(Model));
        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
