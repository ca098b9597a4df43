using System.Text.Json;
using RegionWebUI.TestKit;

namespace RegionWebUI.Imaging.Tests;

/// <summary>A fixture file with its 8-bit tensors, which the kit's reader leaves out.</summary>
internal sealed class PixelFile
{
    private readonly JsonElement _bin;
    private readonly byte[] _data;

    public PixelFile(string folder, string name)
    {
        Fixture = Fixtures.Open(folder, name);
        _bin = Fixture.Json.GetProperty("bin");
        _data = File.ReadAllBytes(Fixtures.Path(folder, _bin.GetProperty("file").GetString()!));
    }

    public FixtureFile Fixture { get; }

    public ReadOnlyMemory<byte> Bytes(string tensor)
    {
        var entry = _bin.GetProperty("tensors").GetProperty(tensor);
        Assert.Equal("u8", entry.GetProperty("dtype").GetString());
        return _data.AsMemory(entry.GetProperty("offset").GetInt32(), entry.GetProperty("bytes").GetInt32());
    }

    public Image Picture(string tensor)
    {
        var shape = Fixture.Shape(tensor);
        Assert.Equal(3, shape[2]);
        return new Image(shape[1], shape[0], Bytes(tensor));
    }
}
