using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using RegionWebUI.Components.TextToImage;

namespace RegionWebUI.Tests.Components;

public sealed class BenchComponentTests
{
    [Fact]
    public async Task Refresh_ThatFails_ReachesTheErrorBoundary()
    {
        await using var context = new BenchContext();
        var page = context.Render<Boundary>(boundary => boundary.AddChildContent<Part>());
        var part = page.FindComponent<Part>().Instance;

        part.Change(() => throw new InvalidOperationException("broken"));

        page.WaitForAssertion(() => Assert.Equal("broken", page.Instance.Caught?.Message));
    }

    [Fact]
    public async Task Refresh_OfAPartThatIsGone_DoesNothing()
    {
        await using var context = new BenchContext();
        var page = context.Render<Boundary>(boundary => boundary.AddChildContent<Part>());
        var part = page.FindComponent<Part>().Instance;
        part.Dispose();
        var ran = false;

        part.Change(() => ran = true);
        await context.Renderer.Dispatcher.InvokeAsync(() => { });

        Assert.False(ran);
    }

    private sealed class Part : BenchComponent
    {
        public void Change(Action change) => Refresh(change);

        protected override void Listen(bool on)
        {
        }
    }

    private sealed class Boundary : ErrorBoundaryBase
    {
        public Exception? Caught { get; private set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            if (CurrentException is null)
            {
                builder.AddContent(0, ChildContent);
            }
        }

        protected override Task OnErrorAsync(Exception exception)
        {
            Caught = exception;
            return Task.CompletedTask;
        }
    }
}
