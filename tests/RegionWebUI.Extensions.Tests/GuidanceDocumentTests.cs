using RegionWebUI.TestKit;

namespace RegionWebUI.Extensions.Tests;

public class GuidanceDocumentTests
{
    [Fact]
    public void Guidance_EveryCodeBlock_CompilesAgainstTheSdk()
    {
        var blocks = Guide.Read(File.ReadAllText(Repository.Path("docs", "guidance.md"))).Where(b => b.Language == "csharp").ToList();

        Assert.NotEmpty(blocks);
        Assert.All(blocks, b => Assert.Empty(CSharpBlock.Problems(b.Text)));
    }
}
