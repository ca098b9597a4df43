using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using RegionWebUI.Components.TextToImage;
using RegionWebUI.Sdk;
using RegionWebUI.Tests.Fakes;

namespace RegionWebUI.Tests.Components;

/// <summary>The drawing of curves that extensions give along.</summary>
public sealed class CurveTests
{
    [Fact]
    public async Task Details_OfAPictureWithCurves_DrawThemWithTheirEndsAndInWords()
    {
        await using var context = new BenchContext();
        var id = Keep(context, 1, new Curve("loss", [0.5, 0.75, 1.0 / 3]), new Curve("<b>", [2]));
        var details = context.Render<PictureDetails>();

        var curves = details.FindAll("[data-testid=curve]");
        Assert.Equal(["loss", "<b>"], curves.Select(c => c.QuerySelector("figcaption")!.TextContent.Trim()));
        Assert.Equal(["0.5", "0.3333", "2", "2"], details.FindAll(".curve-end").Select(e => e.TextContent));
        Assert.All(details.FindAll(".curve-end"), e => Assert.Equal("true", e.GetAttribute("aria-hidden")));
        var drawing = curves[0].QuerySelector("svg")!;
        Assert.Equal("img", drawing.GetAttribute("role"));
        Assert.Equal("loss: 3 values, first 0.5, last 0.3333, lowest 0.3333, highest 0.75", drawing.GetAttribute("aria-label"));
        Assert.Equal("<b>: 1 value, first 2, last 2, lowest 2, highest 2", curves[1].QuerySelector("svg")!.GetAttribute("aria-label"));
        Assert.Equal($"/api/v1/pictures/{id}/curves", curves[0].QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Details_OfAnotherPicture_ShowItsOwnCurvesOrNone()
    {
        await using var context = new BenchContext();
        var older = Keep(context, 1, new Curve("loss", [1, 0]));
        Keep(context, 2);
        var details = context.Render<PictureDetails>();
        Assert.Empty(details.FindAll("[data-testid=curve], .curves"));

        context.Bench.Show(older);
        details.WaitForAssertion(() => Assert.Single(details.FindAll("[data-testid=curve]")));
    }

    [Theory]
    [InlineData(new[] { 0.9, 0.5, 0.1 })]
    [InlineData(new[] { -1.7e308, 0, 1.7e308 })]
    [InlineData(new[] { 1.0, 1, 1 })]
    [InlineData(new[] { 7.0 })]
    public void Points_OfAnyValues_GoFromEdgeToEdgeWithTheGreatestAtTheTop(double[] values)
    {
        var points = Points(values);

        Assert.Equal(Math.Max(2, values.Length), points.Count);
        Assert.Equal((2, CurveLine.Width - 2), (points[0].X, points[^1].X));
        Assert.All(points, p => Assert.InRange(p.Y, 2, CurveLine.Height - 2));
        Assert.All(points.Zip(points.Skip(1)), pair => Assert.True(pair.First.X < pair.Second.X));
        var flat = values.Min() == values.Max();
        Assert.Equal(flat ? CurveLine.Height / 2 : 2, points.Min(p => p.Y));
        Assert.Equal(flat ? CurveLine.Height / 2 : CurveLine.Height - 2, points.Max(p => p.Y));
        Assert.Equal(values.IndexOf(values.Max()), values.Length == 1 ? 0 : points.FindIndex(p => p.Y == points.Min(q => q.Y)));
    }

    private static List<(double X, double Y)> Points(double[] values) => [.. CurveLine.Points(new Curve("c", values)).Split(' ').Select(point =>
    {
        var numbers = point.Split(',').Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        return (numbers[0], numbers[1]);
    })];

    private static string Keep(BenchContext context, long seed, params Curve[] curves) =>
        context.Gallery.Add(new GeneratedPicture(PictureMaker.Draw(16, 16, seed, 1), seed, "x") { Curves = curves }).Id;
}
