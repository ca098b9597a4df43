using System.Text;
using System.Text.Json.Nodes;
using RegionWebUI.Diffusion.Text;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Text;

public sealed class TokenizerFilesTests : IDisposable
{
    private static readonly string _vocabulary = File.ReadAllText(Path.Combine(Repository.PocketModel, "tokenizer", "vocab.json"));
    private static readonly string _merges = File.ReadAllText(Path.Combine(Repository.PocketModel, "tokenizer", "merges.txt"));

    private readonly TemporaryFolder _folder = new();

    public TokenizerFilesTests()
    {
        _folder.Write("tokenizer/vocab.json", _vocabulary);
        _folder.Write("tokenizer/merges.txt", _merges);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{", "tokenizer/vocab.json' is damaged: it is not valid JSON")]
    [InlineData("[]", "does not hold a JSON object")]
    [InlineData("{\"a\":1,\"a\":2}", "not valid JSON with every key once")]
    [InlineData("{\"a\":1,\"b\":1}", "the id 1 occurs twice")]
    [InlineData("{\"a\":-1}", "the id of 'a' is not a whole number of 0 to")]
    [InlineData("{\"a\":1.5}", "the id of 'a' is not a whole number of 0 to")]
    [InlineData("{\"a\":\"1\"}", "the id of 'a' is not a whole number of 0 to")]
    [InlineData("{\"\\ud800\":1}", "not valid")]
    [InlineData("{}", "the byte symbol 'Ā' is missing")]
    public void Load_DamagedVocabulary_IsRefusedInOneSentence(string vocabulary, string reason) => Refused("vocab.json", vocabulary, reason);

    [Theory]
    [InlineData("#version: 0.2\no\n", "line 2 is not two symbols")]
    [InlineData("o n x\n", "line 1 is not two symbols")]
    [InlineData("o  n\n", "line 1 is not two symbols")]
    [InlineData("o n</w>\no n</w>\n", "line 2 repeats")]
    [InlineData("o ☃\n", "line 1 merges symbols that vocab.json lacks")]
    [InlineData("! #\n", "line 1 merges symbols that vocab.json lacks")]
    public void Load_DamagedMerges_IsRefusedInOneSentence(string merges, string reason) => Refused("merges.txt", merges, reason);

    [Theory]
    [InlineData("{\"regionwebui_pattern\":\"bert\"}", "regionwebui_pattern 'bert' is not 'pocket'")]
    [InlineData("{\"regionwebui_pattern\":7}", "regionwebui_pattern '' is not 'pocket'")]
    [InlineData("{\"model_max_length\":2}", "model_max_length is not a whole number of 3 or more")]
    [InlineData("{\"model_max_length\":\"77\"}", "model_max_length is not a whole number of 3 or more")]
    [InlineData("{\"bos_token\":\"<s>\"}", "names the bos_token '<s>', which vocab.json lacks")]
    [InlineData("{\"pad_token\":{\"content\":\"[PAD]\"}}", "names the pad_token '[PAD]', which vocab.json lacks")]
    [InlineData("nonsense", "tokenizer_config.json' is damaged")]
    public void Load_DamagedConfiguration_IsRefusedInOneSentence(string config, string reason) => Refused("tokenizer_config.json", config, reason);

    [Theory]
    [InlineData("vocab.json")]
    [InlineData("merges.txt")]
    public void Load_FileMissing_IsRefusedByName(string file)
    {
        File.Delete(Path.Combine(_folder.Path, "tokenizer", file));

        Assert.Contains($"tokenizer/{file}' cannot be read", Assert.Throws<ModelException>(Load).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoSpecialTokenAnywhere_IsRefusedByName()
    {
        var vocabulary = JsonNode.Parse(_vocabulary)!.AsObject();
        vocabulary.Remove("<|endoftext|>");

        Refused("vocab.json", vocabulary.ToJsonString(), "lacks the token '<|endoftext|>'");
    }

    [Theory]
    [InlineData("{\"model_max_length\":1000000000000000019884624838656}")]
    [InlineData("{\"model_max_length\":null, \"bos_token\":null}")]
    [InlineData("{}")]
    public void Load_ConfigurationWithoutLimit_Takes77(string config)
    {
        _folder.Write("tokenizer/tokenizer_config.json", config);

        Assert.Equal((1023, 77), (Load().Bos, Load().ModelMaxLength));
    }

    [Fact]
    public void Load_NewConfiguration_IsNotOverruledByTheMap()
    {
        _folder.Write("tokenizer/tokenizer_config.json", """{"added_tokens_decoder": {}, "pad_token": "<|endoftext|>"}""");
        _folder.Write("tokenizer/special_tokens_map.json", """{"pad_token": "!"}""");

        Assert.Equal(1024, Load().Pad);
    }

    [Fact]
    public void Load_WindowsLineEnds_GiveTheSameTokens()
    {
        var ids = Load().Encode("a red castle on a beach").Ids;
        _folder.Write("tokenizer/merges.txt", _merges.Replace("\n", "\r\n", StringComparison.Ordinal));

        Assert.Equal(ids, Load().Encode("a red castle on a beach").Ids);
    }

    [Theory]
    [InlineData("vocab.json")]
    [InlineData("merges.txt")]
    public void Load_SeededMutations_NothingButModelException(string file)
    {
        var random = new Random(7);
        var whole = Encoding.UTF8.GetBytes(file == "vocab.json" ? _vocabulary : _merges);
        for (var round = 0; round < 200; round++)
        {
            var bytes = whole.ToArray();
            for (var changes = random.Next(1, 3); changes > 0; changes--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            _folder.Write($"tokenizer/{file}", bytes);
            try
            {
                Assert.NotEmpty(Load().Encode("a cat, 1 dog é").Ids);
            }
            catch (ModelException error)
            {
                Assert.DoesNotContain('\n', error.Message);
            }
        }
    }

    private ClipTokenizer Load() => ClipTokenizer.Load(Path.Combine(_folder.Path, "tokenizer"));

    private void Refused(string file, string content, string reason)
    {
        _folder.Write($"tokenizer/{file}", content);

        Assert.Contains(reason, Assert.Throws<ModelException>(Load).Message, StringComparison.Ordinal);
    }
}
