using RegionWebUI.Imaging.Infotext;
using RegionWebUI.TestKit;

namespace RegionWebUI.Imaging.Tests.Infotext;

[Trait("Category", "Fixture")]
public class InfotextFixtureTests
{
    private static readonly FixtureFile Fixture = Fixtures.Open("infotext.json");

    [Fact]
    public void Write_EveryRow_EqualsA1111()
    {
        var run = 0;
        foreach (var row in Fixture.Json.GetProperty("write").EnumerateArray())
        {
            Assert.Equal(row.GetProperty("text").GetString(), InfotextWriter.Write(new GivenRow(Fixture.Json, row).ToParameters()));
            run++;
        }

        Assert.True(run == Fixture.Json.GetProperty("write").GetArrayLength() && run > 0);
    }

    [Fact]
    public void Quote_EveryRow_EqualsA1111()
    {
        var run = 0;
        foreach (var row in Fixture.Json.GetProperty("quote").EnumerateArray())
        {
            Assert.Equal(row[1].GetString(), InfotextWriter.Quote(row[0].GetString()!));
            run++;
        }

        Assert.True(run == Fixture.Json.GetProperty("quote").GetArrayLength() && run > 0);
    }
}
