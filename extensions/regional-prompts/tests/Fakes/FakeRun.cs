using RegionWebUI.Sdk;

namespace RegionalPrompts.Tests.Fakes;

/// <summary>A run of a size with the given main prompt and options.</summary>
internal sealed class FakeRun(RegionalPromptsOptions options, string prompt = "in the snow", int width = 32, int height = 16) : IRun
{
    public GenerationRequest Request { get; } = new() { Prompt = prompt, Width = width * 8, Height = height * 8 };

    public int LatentWidth => width;

    public int LatentHeight => height;

    public T Parameters<T>()
        where T : class, new() => (T)(object)options;
}
