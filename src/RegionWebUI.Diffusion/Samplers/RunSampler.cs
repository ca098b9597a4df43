using System.Text.RegularExpressions;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Samplers;

namespace RegionWebUI.Diffusion.Samplers;

/// <summary>A sampler of an extension, with what it says of itself read once and checked.</summary>
public sealed partial class RunSampler
{
    private const int MostCallsPerStep = 100;

    /// <summary>Asks a sampler for its names and checks them.</summary>
    /// <param name="sampler">The sampler; what it throws goes up.</param>
    /// <exception cref="ExtensionDeclarationException">
    /// A name has another form than <see cref="ISampler.Name"/> says or is one of the engine's own, or the calls per step are none.
    /// </exception>
    public RunSampler(ISampler sampler)
    {
        Sampler = sampler ?? throw new ExtensionDeclarationException("Sampler was given null in place of a sampler.");
        Name = Checked(sampler.Name);
        Aliases = [.. (sampler.Aliases ?? []).Select(Checked)];
        CallsPerStep = sampler.CallsPerStep is var calls and >= 1 and <= MostCallsPerStep
            ? calls
            : throw new ExtensionDeclarationException(
                $"the sampler '{Name}' makes {sampler.CallsPerStep} model calls in a step; it must be 1..{MostCallsPerStep}.");
    }

    /// <summary>The sampler itself.</summary>
    public ISampler Sampler { get; }

    /// <inheritdoc cref="ISampler.Name"/>
    public string Name { get; }

    /// <inheritdoc cref="ISampler.Aliases"/>
    public IReadOnlyList<string> Aliases { get; }

    /// <inheritdoc cref="ISampler.CallsPerStep"/>
    public int CallsPerStep { get; }

    /// <summary>Every name it can be chosen by, the one that is shown first.</summary>
    public IEnumerable<string> Names => Aliases.Prepend(Name);

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9 +\-._()]{0,38}[A-Za-z0-9+\-._()])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form { get; }

    /// <summary>Whether it is meant by a name, letter case aside.</summary>
    public bool IsNamed(string name) => Names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static string Checked(string? name) => name is null || !Form.IsMatch(name)
        ? throw new ExtensionDeclarationException(
            $"the sampler's name '{ErrorText.Line(NameSuggestion.Shortened(name ?? ""))}' must be 1..40 letters, digits, spaces and + - . _ ( ), "
            + "from a letter or digit on.")
        : SamplerCatalog.Names.Concat(SamplerCatalog.Aliases).Contains(name, StringComparer.OrdinalIgnoreCase)
            ? throw new ExtensionDeclarationException($"the sampler's name '{name}' is taken by the program; choose another.")
            : name;
}
