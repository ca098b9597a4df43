using System.Globalization;
using RegionWebUI.Imaging;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.TestKit;

namespace RegionWebUI.Benchmarks;

/// <summary>What CLIP guidance at its defaults does to ten pictures of the embedded model: each made by the program without and with it.</summary>
internal static class GuidanceSheet
{
    private const int Columns = 2;

    private static readonly (string Prompt, string Text)[] _cases =
    [
        ("a panda on a blue background", "a penguin"),
        ("a penguin on a green background", "a panda"),
        ("a car on a yellow background", "a red car"),
        ("a bus on a pink background", "a blue bus"),
        ("a donut on a green background", "a pizza"),
        ("a mushroom on a yellow background", "a red mushroom"),
        ("a castle on a white background", "a castle at sunset"),
        ("a robot on a green background", "a robot in space"),
        ("an apple on a white background", "a strawberry"),
        ("a lion in the desert", "a lion in the snow"),
    ];

    /// <summary>Writes the pairs as a PNG and prints the cosines with the text as a Markdown table in their order.</summary>
    /// <param name="file">The PNG.</param>
    /// <param name="options">Values of the extension, as "strength=100"; its defaults where nothing is said.</param>
    public static async Task MakeAsync(string file, IReadOnlyList<string> options)
    {
        using var folder = new TemporaryFolder();
        using var model = PocketModel.Open();
        var score = new ClipScore(model);
        var pairs = new List<(Image Left, Image Right)>();
        Console.WriteLine("| | prompt | more like | seed | cosine without | with |\n|---|---|---|---|---|---|");
        foreach (var (number, (prompt, text)) in _cases.Index().Select(c => (c.Index + 1, c.Item)))
        {
            var plain = await GenerateAsync(folder, prompt, number);
            var guided = await GenerateAsync(folder, prompt, number, [$"text={text}", .. options]);
            var (without, with) = (await score.CosineAsync(plain, text), await score.CosineAsync(guided, text));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {number} | {prompt} | {text} | {number} | {without:0.000} | {with:0.000} |"));
            pairs.Add((plain, guided));
        }

        await File.WriteAllBytesAsync(file, PngFile.Encode(ContactSheet.Of(pairs, Columns), null));
    }

    private static async Task<Image> GenerateAsync(TemporaryFolder folder, string prompt, int seed, params string[] values)
    {
        string[] args =
        [
            "generate", "--model", Repository.PocketModel, "--out", folder.File("a.png"), "--prompt", prompt, "--seed", $"{seed}",
            "--sampler", "DDIM", "--steps", "20", "--cfg", "5", "--width", "128", "--height", "128",
            .. values.SelectMany(value => (string[])["--ext", $"clip-guidance.{value}"]),
        ];
        await using var program = ProgramProcess.Start(folder.File("data"), folder.Path, failpoint: null, args);
        var error = await program.Error.RestAsync(CancellationToken.None);
        return await program.ExitAsync(CancellationToken.None) == 0
            ? PngFile.Decode(await File.ReadAllBytesAsync(folder.File("a.png"))).Image
            : throw new InvalidOperationException(error);
    }
}
