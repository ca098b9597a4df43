using RegionWebUI.Imaging.Infotext;
using RegionWebUI.TestKit;

namespace RegionWebUI.Imaging.Tests.Infotext;

[Trait("Category", "Fixture")]
public class InfotextFixtureTests
{
    private static readonly FixtureFile _file = Fixtures.Open("infotext.json");

    [Fact]
    public void Write_EveryRow_EqualsA1111()
    {
        var run = 0;
        foreach (var row in _file.Json.GetProperty("write").EnumerateArray())
        {
            Assert.Equal(row.GetProperty("text").GetString(), InfotextWriter.Write(new GivenRow(_file.Json, row).ToParameters()));
            run++;
        }

        Assert.True(run == _file.Json.GetProperty("write").GetArrayLength() && run > 0);
    }

    [Fact]
    public void Quote_EveryRow_EqualsA1111()
    {
        var run = 0;
        foreach (var row in _file.Json.GetProperty("quote").EnumerateArray())
        {
            Assert.Equal(row[1].GetString(), InfotextWriter.Quote(row[0].GetString()!));
            run++;
        }

        Assert.True(run == _file.Json.GetProperty("quote").GetArrayLength() && run > 0);
    }
}
