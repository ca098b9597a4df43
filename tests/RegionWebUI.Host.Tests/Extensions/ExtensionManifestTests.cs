using RegionWebUI.Host.Extensions;
using RegionWebUI.Host.Extensions.Manifests;

namespace RegionWebUI.Host.Tests.Extensions;

public sealed class ExtensionManifestTests : IDisposable
{
    private readonly ExtensionYard _yard = new();

    public void Dispose() => _yard.Dispose();

    [Fact]
    public void Read_AllFields_AreTaken()
    {
        Write("""
            {"id":"demo","version":"1.2.3-beta.1+x","name":"Demo","description":"Does it.","sdk":"1.0","assembly":"bin/Demo.dll",
            "before":["a"],"after":["b","c"],"parameters":{"steps":12,"word":"x","flag":true}}
            """);
        var manifest = ManifestReader.Read(_yard.Folder("demo"));
        Assert.Equal(("demo", "1.2.3-beta.1+x", "Demo", "Does it."), (manifest.Id, manifest.Version, manifest.Name, manifest.Description));
        Assert.Equal("bin/Demo.dll", manifest.Assembly);
        Assert.Equal(["a"], manifest.Before);
        Assert.Equal(["b", "c"], manifest.After);
        Assert.Equal([("steps", "12"), ("word", "x"), ("flag", "true")], manifest.Parameters.Select(p => (p.Key, p.Value)));
    }

    [Fact]
    public void Read_FewestFieldsAndByteOrderMark_AreTaken()
    {
        Write("\uFEFF" + """{"id":"demo","version":"1.0.0","sdk":"1.0","assembly":"Demo.dll"}""");
        Assert.Equal("demo", ManifestReader.Read(_yard.Folder("demo")).Name);
    }

    [Theory]
    [InlineData("""{"id":"other"}""", "\"id\" in demo/extension.json must be the folder's name 'demo', not 'other'.")]
    [InlineData("""{"id":"Demo"}""", "\"id\" in demo/extension.json must be 1..40 lower-case letters, digits and '-', from a letter on, not 'Demo'.")]
    [InlineData("""{"id":null}""", "must be 1..40 lower-case letters, digits and '-', from a letter on, not null.")]
    [InlineData("""{"version":"1.2"}""", "\"version\" in demo/extension.json must be a version such as 1.2.0 or 1.2.0-beta.1, not '1.2'.")]
    [InlineData("""{"version":"01.2.3"}""", "not '01.2.3'.")]
    [InlineData("""{"version":"1.2.3\n"}""", "must be a version")]
    [InlineData("""{"version":1.2}""", "not 1.2.")]
    [InlineData("""{"sdk":"2.0"}""", "\"sdk\" in demo/extension.json must be 1.0 to 1.2, which this program has, not '2.0'.")]
    [InlineData("""{"sdk":"1.7"}""", "not '1.7'.")]
    [InlineData("""{"sdk":1.0}""", "must be the SDK's version it was written for, as a text such as \"1.2\", not 1.0.")]
    [InlineData("""{"sdk":">=1.0"}""", "must be the SDK's version it was written for, as a text such as \"1.2\", not '>=1.0'.")]
    [InlineData(
        """{"assembly":"../Demo.dll"}""",
        "must be the path of a .dll inside the extension's folder, with '/' between its parts and no '..', not '../Demo.dll'.")]
    [InlineData("""{"assembly":"/etc/Demo.dll"}""", "not '/etc/Demo.dll'.")]
    [InlineData("""{"assembly":"C:/Demo.dll"}""", "not 'C:/Demo.dll'.")]
    [InlineData("""{"assembly":"bin\\Demo.dll"}""", "not 'bin\\Demo.dll'.")]
    [InlineData("""{"assembly":"Demo.exe"}""", "not 'Demo.exe'.")]
    [InlineData("""{"name":""}""", "must be a text of 1..60 characters on one line, not ''.")]
    [InlineData("""{"name":"a\nb"}""", "must be a text of 1..60 characters on one line, not 'a b'.")]
    [InlineData("""{"before":["demo"]}""", "must be a list of at most 64 ids of other extensions, not [\"demo\"].")]
    [InlineData("""{"after":"x"}""", "must be a list of at most 64 ids")]
    [InlineData("""{"parameters":{"a":[1]}}""", "must be an object of parameter names with texts, numbers, true or false, not {\"a\":[1]}.")]
    [InlineData("""{"asembly":"x"}""", "There is no field 'asembly'; the nearest is 'assembly'")]
    [InlineData("""{"name":"\ud800"}""", "demo/extension.json holds a text that is not valid Unicode.")]
    public void Read_OneFieldIsWrong_SaysFileFieldValueAndForm(string field, string sentence)
    {
        var whole = System.Text.Json.Nodes.JsonNode.Parse("""{"id":"demo","version":"1.0.0","sdk":"1.0","assembly":"Demo.dll"}""")!.AsObject();
        var name = field[2..field.IndexOf('"', 2)];
        whole.Remove(name);
        Write(whole.ToJsonString()[..^1] + "," + field[1..]);
        var error = Assert.Throws<ExtensionRefusedException>(() => ManifestReader.Read(_yard.Folder("demo")));
        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
        Assert.Contains("demo/extension.json", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("version")]
    [InlineData("sdk")]
    [InlineData("assembly")]
    public void Read_FieldIsMissing_SaysWhich(string field)
    {
        var whole = System.Text.Json.Nodes.JsonNode.Parse("""{"id":"demo","version":"1.0.0","sdk":"1.0","assembly":"Demo.dll"}""")!.AsObject();
        whole.Remove(field);
        Write(whole.ToJsonString());
        var error = Assert.Throws<ExtensionRefusedException>(() => ManifestReader.Read(_yard.Folder("demo")));
        Assert.StartsWith($"demo/extension.json has no \"{field}\"; it must be ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty.")]
    [InlineData(" ", "is not valid JSON at line 1")]
    [InlineData("{\n\"id\":\n}", "is not valid JSON at line 3")]
    [InlineData(
        "{\"id\":\"demo\",}",
        "is not valid JSON at line 1: The JSON object contains a trailing comma at the end which is not supported in this mode.")]
    [InlineData("[]", "must hold one JSON object, not Array.")]
    [InlineData("{\"id\":\"demo\",\"id\":\"demo\"}", "is not valid JSON")]
    [InlineData("{} // done", "is not valid JSON")]
    public void Read_NotAJsonObject_IsRefused(string text, string sentence)
    {
        Write(text);
        var error = Assert.Throws<ExtensionRefusedException>(() => ManifestReader.Read(_yard.Folder("demo")));
        Assert.StartsWith("demo/extension.json " + sentence, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TooLarge_IsRefusedUnread()
    {
        Write(new string(' ', ManifestReader.LargestFile + 1));
        var error = Assert.Throws<ExtensionRefusedException>(() => ManifestReader.Read(_yard.Folder("demo")));
        Assert.Equal("demo/extension.json has 65537 bytes; a manifest has at most 65536.", error.Message);
    }

    private void Write(string text) => _yard.Write("own/demo/extension.json", text);
}
