using RegionalPrompts.Tests.Fakes;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;
using RegionWebUI.Sdk.Samplers;

namespace RegionalPrompts.Tests;

public class RegionalPromptsExtensionTests : IRegistry
{
    private Func<IRun, IEnumerable<IHook>>? _create;

    [Theory]
    [InlineData("", 0)]
    [InlineData("a cat\na dog", 1)]
    public void Register_Hooks_AreNoneWithoutPrompts(string prompts, int hooks)
    {
        new RegionalPromptsExtension().Register(this);
        Assert.Equal(hooks, _create!(new FakeRun(new RegionalPromptsOptions { Prompts = prompts })).Count());
    }

    void IRegistry.Parameters<T>() => Assert.Equal(typeof(RegionalPromptsOptions), typeof(T));

    void IRegistry.Hooks(Func<IRun, IEnumerable<IHook>> create) => _create = create;

    void IRegistry.Sampler(ISampler sampler) => throw new NotSupportedException();

    void IRegistry.Command<TOptions>(string verb, string help, Func<TOptions, IEngine, CancellationToken, Task<int>> run) =>
        throw new NotSupportedException();

    void IRegistry.Tab(Type component, string title) => throw new NotSupportedException();
}
