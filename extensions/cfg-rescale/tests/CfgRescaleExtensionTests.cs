using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;
using RegionWebUI.Sdk.Samplers;

namespace CfgRescale.Tests;

public class CfgRescaleExtensionTests : IRegistry, IRun
{
    private Func<IRun, IEnumerable<IHook>>? _create;
    private double _factor;

    GenerationRequest IRun.Request => throw new NotSupportedException();

    int IRun.LatentWidth => throw new NotSupportedException();

    int IRun.LatentHeight => throw new NotSupportedException();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.05, 1)]
    [InlineData(1, 1)]
    public void Register_Hooks_AreNoneAtFactorZero(double factor, int hooks)
    {
        _factor = factor;
        new CfgRescaleExtension().Register(this);
        Assert.Equal(hooks, _create!(this).Count());
    }

    [Fact]
    public void Factor_UnlessSet_IsOff() => Assert.Equal(0, new CfgRescaleOptions().Factor);

    T IRun.Parameters<T>() => (T)(object)new CfgRescaleOptions { Factor = _factor };

    void IRegistry.Parameters<T>() => Assert.Equal(typeof(CfgRescaleOptions), typeof(T));

    void IRegistry.Hooks(Func<IRun, IEnumerable<IHook>> create) => _create = create;

    void IRegistry.Sampler(ISampler sampler) => throw new NotSupportedException();

    void IRegistry.Command<TOptions>(string verb, string help, Func<TOptions, IEngine, CancellationToken, Task<int>> run) =>
        throw new NotSupportedException();

    void IRegistry.Tab(Type component, string title) => throw new NotSupportedException();
}
