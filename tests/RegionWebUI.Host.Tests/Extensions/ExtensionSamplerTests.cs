using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Host.Gallery;
using RegionWebUI.Host.Jobs;
using RegionWebUI.Host.Models;
using RegionWebUI.Host.Settings;
using RegionWebUI.Sdk;
using RegionWebUI.TestKit;
using RegionWebUI.TestKit.Extensions;
using RegionWebUI.TestKit.Fakes;

namespace RegionWebUI.Host.Tests.Extensions;

/// <summary>A sampler that an extension of one file and one line brings, from its declaration to its pictures.</summary>
public sealed class ExtensionSamplerTests : IDisposable
{
    private static readonly GenerationRequest _request = new()
    {
        Prompt = "a cat",
        Seed = 7,
        Steps = 4,
        Width = 64,
        Height = 64,
        Sampler = SamplerSource.Name,
    };

    private readonly ExtensionYard _yard = new();
    private readonly TemporaryFolder _data = new();

    public void Dispose()
    {
        _data.Dispose();
        _yard.Dispose();
    }

    [Fact]
    public void Open_ExtensionWithASampler_ListsItAndBringsItIntoTheRun()
    {
        _yard.Add("demo", SamplerSource.Euler);
        var catalog = _yard.Open();

        var sampler = Assert.Single(Assert.Single(catalog.Entries).Samplers);
        Assert.Equal(("Test Euler", 1, "Test Euler"), (sampler.Name, sampler.CallsPerStep, sampler.Description));
        Assert.Equal(["k_test_euler"], sampler.Aliases);
        var run = Assert.Single(catalog.ForRun(_request));
        Assert.Equal("Test Euler", Assert.Single(run.Samplers).Name);
        Assert.Empty(run.CreateHooks(null!));
        Assert.Equal("Twice (2 model calls a step)", new ExtensionSampler("Twice", [], 2).Description);
    }

    [Theory]
    [InlineData("Test Euler", true)]
    [InlineData("test euler", true)]
    [InlineData("K_TEST_EULER", true)]
    [InlineData("Euler", true)]
    [InlineData("Test Eular", false)]
    public void With_ExtensionThatIsOn_KnowsItsNames(string name, bool known)
    {
        _yard.Add("demo", SamplerSource.Euler);
        var validator = RequestValidator.Standard.With(_yard.Open().Entries);

        var problems = validator.Validate(_request with { Sampler = name });

        Assert.Equal(known, problems.Count == 0);
        Assert.Equal([.. RequestValidator.Standard.Samplers, "Test Euler"], validator.Samplers);
        if (!known)
        {
            Assert.StartsWith("There is no sampler 'Test Eular'; the nearest is 'Test Euler'", problems[0].Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void With_ExtensionIsSwitchedOff_KnowsOnlyTheProgramsOwn()
    {
        _yard.Add("demo", SamplerSource.Euler);
        var catalog = _yard.Open();
        catalog.Disable("demo");

        Assert.Same(RequestValidator.Standard, RequestValidator.Standard.With(catalog.Entries));
    }

    [Theory]
    [InlineData("Euler", "the sampler's name 'Euler' is taken by the program; choose another.")]
    [InlineData("EULER A", "the sampler's name 'EULER A' is taken by the program; choose another.")]
    [InlineData("k_euler", "the sampler's name 'k_euler' is taken by the program; choose another.")]
    [InlineData("a, b", "the sampler's name 'a, b' must be 1..40 letters, digits, spaces and + - . _ ( ), from a letter or digit on.")]
    public void Open_NameThatCannotBe_IsBrokenWithASentence(string name, string reason)
    {
        _yard.Add("demo", SamplerSource.Of("return x;", name: name));
        Assert.Equal(reason, _yard.Broken());
    }

    [Theory]
    [InlineData("r.Sampler(null);", "Sampler was given null in place of a sampler.")]
    [InlineData("r.Sampler(new TestEuler()); r.Sampler(new TestEuler());", "the sampler's name 'Test Euler' was given to another sampler before.")]
    public void Open_DeclarationThatCannotBe_IsBrokenWithASentence(string register, string reason)
    {
        _yard.Add("demo", SamplerSource.Euler.Replace("r.Sampler(new TestEuler());", register, StringComparison.Ordinal));
        Assert.Equal(reason, _yard.Broken());
    }

    [Fact]
    public void Open_TwoExtensionsWithOneName_TheLaterIsNotUsed()
    {
        _yard.Add("first", SamplerSource.Euler);
        _yard.Add("second", SamplerSource.Of("return x;", name: "test EULER"));
        var catalog = _yard.Open();

        Assert.Equal([("first", ExtensionState.On), ("second", ExtensionState.Broken)], catalog.Entries.Select(e => (e.Id, e.State)));
        Assert.Equal("its sampler 'test EULER' is taken by the extension 'first', which runs before it.", catalog.Entries[1].Reason);

        catalog.Disable("first");
        Assert.Equal([("second", ExtensionState.On), ("first", ExtensionState.Off)], catalog.Entries.Select(e => (e.Id, e.State)));
    }

    [Fact]
    public async Task Job_NamesTheSampler_GivesEulersPictureAndWritesTheNameDown()
    {
        _yard.Add("demo", SamplerSource.Euler);
        await using var host = new Bench(_yard.Open(), _data);

        var euler = await host.RunAsync(_request with { Sampler = "Euler" });
        var own = await host.RunAsync(_request);

        Assert.Equal(host.Pixels(euler), host.Pixels(own));
        var infotext = host.Gallery.Entries.Single(e => e.Id == own.Pictures[0]).Infotext;
        Assert.Contains("Sampler: Test Euler, ", infotext, StringComparison.Ordinal);
        Assert.Contains("Extensions: demo 1.2.3", infotext, StringComparison.Ordinal);
        Assert.Equal(("demo", Diffusion.Hooks.HookKind.Sample), own.Hooks.Select(h => (h.Extension, h.Kind)).Single());
    }

    [Fact]
    public async Task Job_ExtensionGoesOffWhileItWaits_IsRefusedAtTheSampler()
    {
        _yard.Add("demo", SamplerSource.Euler);
        var catalog = _yard.Open();
        await using var host = new Bench(catalog, _data);
        catalog.Disable("demo");

        var refused = Assert.Throws<BadInputException>(() => host.Queue.Submit(_request));
        Assert.Equal("Sampler", refused.Field);
        Assert.StartsWith("There is no sampler 'Test Euler'; the nearest is '", refused.Message, StringComparison.Ordinal);

        catalog.Enable("demo");
        host.BeforeRun = () => catalog.Disable("demo");
        var late = await host.RunAsync(_request);
        Assert.Equal((JobState.Failed, "Sampler", refused.Message), (late.State, late.ErrorField, late.Error));
    }

    [Fact]
    public async Task Job_SamplerThrows_FailsByNameAndTheThirdTimeInARowItIsSwitchedOff()
    {
        _yard.Add("demo", SamplerSource.Throwing);
        var catalog = _yard.Open();
        await using var host = new Bench(catalog, _data);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(ExtensionState.On, Assert.Single(catalog.Entries).State);
            var failed = await host.RunAsync(_request);
            Assert.Equal((JobState.Failed, "Sampler"), (failed.State, failed.ErrorField));
            Assert.Equal(
                "The extension 'demo' 1.2.3 failed (sample, step 3: InvalidOperationException: broken on purpose), "
                + "and there is no picture without its sampler 'Test Euler'.",
                failed.Error);
        }

        var entry = Assert.Single(catalog.Entries);
        Assert.True(entry is { State: ExtensionState.Broken, IsQuarantined: true });
        Assert.StartsWith("switched off after three failing runs in a row, the last at sample: ", entry.Reason, StringComparison.Ordinal);
        Assert.Contains(host.Warnings, w => w.Contains("Ext.demo.cs:line ", StringComparison.Ordinal));
        Assert.Equal(JobState.Done, (await host.RunAsync(_request with { Sampler = "Euler" })).State);
    }

    private sealed class Bench : IAsyncDisposable
    {
        private readonly ModelSession _models;

        public Bench(IExtensionCatalog catalog, TemporaryFolder folder)
        {
            Gallery = new PictureGallery(
                DataFolder.Locate(folder.File("data"), _ => null).Create(), new PngPictureCodec(), TimeProvider.System, Warnings.Add);
            _models = new ModelSession(new Factory(this), "pocket", "cpu", TimeProvider.System);
            Queue = new JobQueue(
                _models, Gallery, new PngPictureCodec(), RequestValidator.Standard, catalog, TimeProvider.System, Warnings.Add);
        }

        public List<string> Warnings { get; } = [];

        public PictureGallery Gallery { get; }

        public JobQueue Queue { get; }

        /// <summary>Called when the first job runs, before its extensions are asked for.</summary>
        public Action BeforeRun { get; set; } = () => { };

        public Task<JobSnapshot> RunAsync(GenerationRequest request) =>
            Queue.WaitAsync(Queue.Submit(request).Id, TestContext.Current.CancellationToken);

        public byte[] Pixels(JobSnapshot job) =>
            Imaging.Codecs.PngFile.Decode(File.ReadAllBytes(Gallery.FindFile(Assert.Single(job.Pictures))!)).Image.Rgb.ToArray();

        public async ValueTask DisposeAsync()
        {
            await Queue.DisposeAsync();
            await _models.DisposeAsync();
        }

        private sealed class Factory(Bench bench) : IEngineFactory
        {
            public IGenerationEngine Load(string modelFolder, string device)
            {
                bench.BeforeRun();
                return new ScriptedGraphEngineFactory().Load(modelFolder, device);
            }
        }
    }
}
