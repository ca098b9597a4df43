using System.Text.RegularExpressions;
using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;
using RegionWebUI.Sdk.Samplers;

namespace RegionWebUI.Host.Extensions.Declaring;

/// <summary>Takes the declarations of one extension and checks each.</summary>
/// <param name="id">Id of the extension.</param>
/// <param name="takenVerbs">Verbs of the program.</param>
internal sealed partial class ExtensionRegistry(string id, IReadOnlyCollection<string> takenVerbs) : IRegistry
{
    private const int LongestTitle = 40;
    private const int LongestHelp = 200;

    private readonly List<RunSampler> _samplers = [];
    private readonly List<ExtensionCommand> _commands = [];
    private readonly List<ExtensionTab> _tabs = [];
    private ParameterSet? _parameters;
    private Func<IRun, IEnumerable<IHook>>? _createHooks;
    private bool _closed;

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex VerbForm { get; }

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Gaps { get; }

    /// <inheritdoc/>
    public void Parameters<T>()
        where T : class, new()
    {
        ThrowIfClosed();
        _parameters = _parameters is null
            ? ParameterReader.Read<T>()
            : throw new ExtensionDeclarationException($"Parameters was called a second time, with {typeof(T).Name}; an extension has one class.");
    }

    /// <inheritdoc/>
    public void Hooks(Func<IRun, IEnumerable<IHook>> create)
    {
        ThrowIfClosed();
        if (_createHooks is not null)
        {
            throw new ExtensionDeclarationException("Hooks was called a second time; an extension has one function that makes its hooks.");
        }

        _createHooks = create ?? throw new ExtensionDeclarationException("Hooks was given null in place of a function.");
    }

    /// <inheritdoc/>
    public void Sampler(ISampler sampler)
    {
        ThrowIfClosed();
        var read = new RunSampler(sampler);
        if (read.Names.FirstOrDefault(name => _samplers.Exists(s => s.IsNamed(name))) is { } twice)
        {
            throw new ExtensionDeclarationException($"the sampler's name '{twice}' was given to another sampler before.");
        }

        _samplers.Add(read);
    }

    /// <inheritdoc/>
    public void Command<TOptions>(string verb, string help, Func<TOptions, IEngine, CancellationToken, Task<int>> run)
        where TOptions : class, new()
    {
        ThrowIfClosed();
        if (verb is null || !VerbForm.IsMatch(verb))
        {
            var shown = ErrorText.Line(NameSuggestion.Shortened(verb ?? ""));
            throw new ExtensionDeclarationException($"the verb '{shown}' must be 1..40 lower-case letters, digits and '-', from a letter on.");
        }

        if (takenVerbs.Contains(verb) || _commands.Any(c => c.Verb == verb))
        {
            throw new ExtensionDeclarationException($"the verb '{verb}' is taken; choose another.");
        }

        ParameterReader.Words(help, 1, LongestHelp, $"the help of the verb '{verb}'");
        if (run is null)
        {
            throw new ExtensionDeclarationException($"the verb '{verb}' was given null in place of a function.");
        }

        _commands.Add(CommandBuilder.Build(id, verb, help, ParameterReader.Read<TOptions>(), run));
    }

    /// <inheritdoc/>
    public void Tab(Type component, string title)
    {
        ThrowIfClosed();
        ParameterReader.Words(title, 1, LongestTitle, "the title of a tab");

        // The program's web framework is not known here, so its interface is known by name.
        if (component is null || component.IsAbstract || component.ContainsGenericParameters
            || component.GetInterface("Microsoft.AspNetCore.Components.IComponent") is null)
        {
            var shown = component is null ? "null" : ErrorText.Line(component.Name);
            throw new ExtensionDeclarationException($"the tab '{title}' was given {shown}, which is no Razor component.");
        }

        var address = $"/ext/{id}/{Gaps.Replace(title.ToLowerInvariant(), "-").Trim('-')}";
        if (_tabs.Any(t => t.Address == address))
        {
            throw new ExtensionDeclarationException($"the tab '{title}' has the address of another, {address}; choose another title.");
        }

        _tabs.Add(new ExtensionTab(id, component, title, address));
    }

    /// <summary>Ends the declarations.</summary>
    /// <param name="defaults">The manifest's defaults for parameters.</param>
    /// <exception cref="ExtensionRefusedException">A default is for no parameter or not legal.</exception>
    public ExtensionDeclaration Close(IReadOnlyDictionary<string, string> defaults)
    {
        _closed = true;
        if (_parameters is null && defaults.Keys.FirstOrDefault() is { } name)
        {
            throw new ExtensionRefusedException(
                $"\"parameters\" of the manifest gives '{ErrorText.Line(NameSuggestion.Shortened(name))}', but the extension has no parameters.");
        }

        return new ExtensionDeclaration(_parameters?.WithDefaults(defaults), _createHooks, [.. _samplers], [.. _commands], [.. _tabs]);
    }

    private void ThrowIfClosed()
    {
        if (_closed)
        {
            throw new InvalidOperationException("An extension declares only while Register runs.");
        }
    }
}
