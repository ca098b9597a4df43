using RegionWebUI.Onnx.Lowering;
using RegionWebUI.Onnx.Lowering.Checks;

namespace RegionWebUI.Onnx.Tests.Lowering;

public class KernelTableTests
{
    /// <summary>A line for another version would never match a node: it would be a kernel nobody can use.</summary>
    [Theory]
    [InlineData("cpu")]
    [InlineData("directml")]
    public void Load_EveryKernel_IsOfTheVersionThatOpset17Means(string provider)
    {
        var rows = TableFile.Lines(provider).Where(l => l[0] != '@').Select(l => KernelRow.Read(l.Split('\t'))).ToList();

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal(OpsetVersions.Since(row.Domain, row.Op), row.Since));
    }

    [Theory]
    [InlineData("ai.onnx\tRelu\t14")]
    [InlineData("ai.onnx\tRelu\tnew\tfloats")]
    [InlineData("ai.onnx\tRelu\t14\tfloat23")]
    [InlineData("ai.onnx\tRelu\t14\tfloats\tfirst")]
    [InlineData("ai.onnx\tRelu\t14\tfloats\t-\t3-x")]
    [InlineData("ai.onnx\tRelu\t14\tfloats\t-\t-\tmode")]
    [InlineData("ai.onnx\tRelu\t14\tfloats\t-\t-\t-\tmore")]
    public void Read_LineOfAnotherForm_IsRefused(string line) => Assert.Throws<FormatException>(() => KernelTable.Read([line]));

    [Fact]
    public void Read_CellsThatAreNotThere_LimitNothing()
    {
        var row = KernelTable.Read(["com.microsoft\tGelu\t1\tfloats|int64"]).Find("com.microsoft", "Gelu")!;

        Assert.Equal([ElementType.Float, ElementType.Float16], row.TypesOf(0).Order());
        Assert.Equal([ElementType.Int64], row.TypesOf(1));
        Assert.Equal([ElementType.Int64], row.TypesOf(7));
        Assert.Empty(row.Initialisers);
        Assert.Empty(row.Limits);
        Assert.Equal((0, int.MaxValue), (row.LeastRank, row.MostRank));
    }
}
