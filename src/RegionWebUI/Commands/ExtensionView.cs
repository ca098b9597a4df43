using System.Globalization;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Host.Parameters;

namespace RegionWebUI.Commands;

/// <summary>An extension as <c>extension list --json</c> shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Description">What it does.</param>
/// <param name="State">on, off, broken or missing.</param>
/// <param name="Reason">Why it cannot be used; null when all is well.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="Parameters">Its parameters, when it is on.</param>
/// <param name="Samplers">Names of its samplers, when it is on.</param>
/// <param name="Commands">Its verbs, when it is on.</param>
internal sealed record ExtensionView(
    string Id,
    string Version,
    string Name,
    string Description,
    string State,
    string? Reason,
    string Folder,
    IReadOnlyList<ExtensionView.Parameter> Parameters,
    IReadOnlyList<string> Samplers,
    IReadOnlyList<string> Commands)
{
    public static ExtensionView Of(ExtensionEntry entry) => new(
        entry.Id,
        entry.Version,
        entry.Name is "" ? entry.Id : entry.Name,
        entry.Description,
        StateOf(entry),
        entry.Reason,
        entry.Folder,
        [.. entry.Parameters.Select(ParameterOf)],
        [.. entry.Samplers.Select(s => s.Name)],
        [.. entry.Commands.Select(c => c.Verb)]);

    /// <summary>The state in small letters.</summary>
    public static string StateOf(ExtensionEntry entry) => entry.State.ToString().ToLowerInvariant();

    /// <summary>A parameter with its legal values in words.</summary>
    public static Parameter ParameterOf(GenerationParameter parameter) =>
        new(parameter.Option, parameter.Label, parameter.Help, TextOf(parameter.Default), ValuesOf(parameter));

    private static string TextOf(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string ValuesOf(GenerationParameter parameter) => parameter.Kind switch
    {
        ParameterKind.Flag => "true or false",
        ParameterKind.Choice => string.Join(", ", parameter.Choices),
        ParameterKind.Text => string.Create(CultureInfo.InvariantCulture, $"text of at most {parameter.Maximum} characters"),
        _ => (parameter.Kind == ParameterKind.Whole ? "a whole number" : "a number") + Range(parameter.Minimum, parameter.Maximum),
    };

    // The limits of a type are no limits that an author set.
    private static string Range(double least, double most) =>
        (least is not (int.MinValue or long.MinValue or double.MinValue), most is not (int.MaxValue or long.MaxValue or double.MaxValue)) switch
        {
            (true, true) => string.Create(CultureInfo.InvariantCulture, $" from {least} to {most}"),
            (true, false) => string.Create(CultureInfo.InvariantCulture, $" from {least} on"),
            (false, true) => string.Create(CultureInfo.InvariantCulture, $" up to {most}"),
            _ => "",
        };

    /// <summary>A parameter of an extension.</summary>
    /// <param name="Option">id.name, as --ext takes it.</param>
    /// <param name="Label">Its name for people.</param>
    /// <param name="Help">What it does.</param>
    /// <param name="Default">Its default as text.</param>
    /// <param name="Values">Its legal values in words.</param>
    internal sealed record Parameter(string Option, string Label, string Help, string Default, string Values);
}
