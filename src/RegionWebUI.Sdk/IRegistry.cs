namespace RegionWebUI.Sdk;

/// <summary>Takes what an extension declares.</summary>
public interface IRegistry
{
    /// <summary>
    /// The extension's parameters, at most one class: every property with <see cref="RunParameterAttribute"/> becomes a control on the
    /// page, <c>--ext id.name</c> on the command line, a field of the API and <c>ext/id/name</c> in the infotext. Its default is the
    /// property's value in a new object. A class that implements <see cref="System.ComponentModel.DataAnnotations.IValidatableObject"/>
    /// refuses values that only make sense together.
    /// </summary>
    /// <typeparam name="T">Properties of type string, bool, int, long, double or an enum, with a setter.</typeparam>
    /// <exception cref="ExtensionDeclarationException">A property's type, name, range or default cannot be a parameter.</exception>
    void Parameters<T>()
        where T : class, new();

    /// <summary>
    /// The hooks of a run, at most one declaration. They are made anew for every run and dropped with it; none for a run the extension
    /// has nothing to do in, which then bears no trace of it.
    /// </summary>
    /// <param name="create">Makes the hooks; an object may implement several kinds.</param>
    void Hooks(Func<IRun, IEnumerable<Hooks.IHook>> create);

    /// <summary>A sampler, which can be chosen by its name beside the program's own while the extension is on. Any number of them.</summary>
    /// <param name="sampler">Serves every run.</param>
    /// <exception cref="ExtensionDeclarationException">A name of it cannot be one or is taken, or its calls per step are none.</exception>
    void Sampler(Samplers.ISampler sampler);

    /// <summary>A verb of the command line.</summary>
    /// <typeparam name="TOptions">Its options, declared like parameters: <c>--name VALUE</c>.</typeparam>
    /// <param name="verb">Lower-case letters, digits and '-'; not a verb that exists.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="run">Does the work and gives the exit code: 0 done, 2 bad input.</param>
    /// <exception cref="ExtensionDeclarationException">The verb or an option cannot be one.</exception>
    void Command<TOptions>(string verb, string help, Func<TOptions, IEngine, CancellationToken, Task<int>> run)
        where TOptions : class, new();

    /// <summary>A tab of the page.</summary>
    /// <param name="component">A Razor component without required parameters.</param>
    /// <param name="title">Text of the tab, 1..40 characters.</param>
    /// <exception cref="ExtensionDeclarationException">The type is no component or the title is empty or too long.</exception>
    void Tab(Type component, string title);
}
