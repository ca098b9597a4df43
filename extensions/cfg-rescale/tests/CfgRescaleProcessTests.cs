using RegionWebUI.Imaging.Codecs;
using RegionWebUI.TestKit;

namespace CfgRescale.Tests;

/// <summary>The extension in the real program, on the embedded model.</summary>
public sealed class CfgRescaleProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Generate_FactorZeroSwitchedOffOrNotThere_IsTheSameFileByteForByte()
    {
        var zero = await GenerateAsync(ProgramProcess.BuiltFolder, "--ext", "cfg-rescale.factor=0");
        await RunAsync(ProgramProcess.BuiltFolder, "extension", "disable", "cfg-rescale", "--data-dir", _folder.File("data"));
        var off = await GenerateAsync(ProgramProcess.BuiltFolder);
        var absent = await GenerateAsync(CopyWithoutExtensions());

        Assert.Equal(zero, off);
        Assert.Equal(zero, absent);
    }

    [Fact]
    public async Task Generate_FactorOf07_ChangesThePictureAndComesBackFromIt()
    {
        var plain = PngFile.Decode(await GenerateAsync(ProgramProcess.BuiltFolder), Stop);
        var rescaled = await GenerateAsync(ProgramProcess.BuiltFolder, "--ext", "cfg-rescale.factor=0.7");
        var picture = PngFile.Decode(rescaled, Stop);

        Assert.NotEqual(plain.Image.Rgb.ToArray(), picture.Image.Rgb.ToArray());
        Assert.Contains("Extensions: cfg-rescale 1.0.0, ext/cfg-rescale/factor: 0.7,", picture.Infotext, StringComparison.Ordinal);
        Assert.DoesNotContain("cfg-rescale", plain.Infotext, StringComparison.Ordinal);

        File.WriteAllBytes(_folder.File("made.png"), rescaled);
        await RunAsync(ProgramProcess.BuiltFolder, "generate", "--from", _folder.File("made.png"), "--out", _folder.File("again.png"));
        Assert.Equal(rescaled, File.ReadAllBytes(_folder.File("again.png")));
    }

    private async Task<byte[]> GenerateAsync(string programFolder, params string[] more)
    {
        await RunAsync(
            programFolder,
            ["generate", "--prompt", "a panda on a blue background", "--seed", "44", "--steps", "6", "--cfg", "9",
                "--model", Repository.PocketModel, "--out", _folder.File("a.png"), .. more]);
        return File.ReadAllBytes(_folder.File("a.png"));
    }

    private async Task RunAsync(string programFolder, params string[] args)
    {
        await using var program = ProgramProcess.StartCopy(programFolder, _folder.File("data"), _folder.Path, failpoint: null, args);
        var error = await program.Error.RestAsync(Stop);
        Assert.True(await program.ExitAsync(Stop) == 0, error);
    }

    // Above the repository's own folder there is none of extensions: the copy finds nothing.
    private string CopyWithoutExtensions()
    {
        var copy = _folder.File("program");
        foreach (var file in Directory.EnumerateFiles(ProgramProcess.BuiltFolder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Join(copy, Path.GetRelativePath(ProgramProcess.BuiltFolder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }
}
