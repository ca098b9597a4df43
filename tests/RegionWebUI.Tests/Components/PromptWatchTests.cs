using RegionWebUI.Components.TextToImage;
using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Text;
using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Tests.Components;

public sealed class PromptWatchTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ask_WhileAReadingRuns_GivesOnlyTheNewestAnswerAndReadsNothingBetween()
    {
        using var begun = new SemaphoreSlim(0);
        using var goOn = new SemaphoreSlim(0);
        var answered = new TaskCompletionSource();
        List<string> read = [], answers = [];
        PromptWatch? watch = null;
        watch = new PromptWatch(
            question =>
            {
                read.Add(question.Prompt);
                begun.Release();
                Assert.True(goOn.Wait(_patience, Stop));
                return new PromptReading(question.Prompt.Length, 75, []);
            },
            () =>
            {
                answers.Add(watch!.Answer!.Prompt);
                answered.TrySetResult();
            });

        watch.Ask(Question("a"));
        Assert.True(await begun.WaitAsync(_patience, Stop));
        watch.Ask(Question("ab"));
        watch.Ask(Question("abc"));
        Assert.Null(watch.Answer);
        goOn.Release(2);
        await answered.Task.WaitAsync(_patience, Stop);

        Assert.Equal(["a", "abc"], read);
        Assert.Equal(["abc"], answers);
        Assert.Equal(3, watch.Answer!.Reading.Tokens);
    }

    [Fact]
    public async Task Ask_TheSameAgain_IsNotReadAgain()
    {
        var answered = new SemaphoreSlim(0);
        var read = 0;
        var watch = new PromptWatch(_ => new PromptReading(++read, 75, []), () => answered.Release());

        watch.Ask(Question("a"));
        await answered.WaitAsync(_patience, Stop);
        watch.Ask(Question("a"));
        watch.Ask(Question("b"));
        await answered.WaitAsync(_patience, Stop);

        Assert.Equal(2, read);
    }

    [Fact]
    public async Task Ask_AReaderThatFails_SaysSoToWhoeverLooksAndReadsTheNextPrompt()
    {
        var answered = new SemaphoreSlim(0);
        var watch = new PromptWatch(
            question => question.Prompt == "a" ? throw new InvalidOperationException("broken") : new PromptReading(1, 75, []),
            () => answered.Release());

        watch.Ask(Question("a"));
        await answered.WaitAsync(_patience, Stop);
        Assert.Equal("broken", Assert.Throws<InvalidOperationException>(() => watch.Answer).Message);

        watch.Ask(Question("b"));
        await answered.WaitAsync(_patience, Stop);
        Assert.Equal("b", watch.Answer!.Prompt);
    }

    [Fact]
    public void Source_OfAModelThatCannotBeOpened_WarnsOnceAndReadsNothing()
    {
        var warnings = new List<string>();
        var source = new PromptReaderSource(() => throw new ModelException("The tokenizer is damaged."), warnings.Add);

        Assert.Null(source.Read(Question("a")));
        Assert.Null(source.Read(Question("b")));

        Assert.Equal("Prompts are not counted while they are typed: The tokenizer is damaged.", Assert.Single(warnings));
    }

    private static PromptQuestion Question(string prompt) => new(prompt, prompt, IsNegative: false, 20, new TextSettings());
}
