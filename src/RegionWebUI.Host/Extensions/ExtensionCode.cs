using RegionWebUI.Diffusion;
using RegionWebUI.Sdk;

namespace RegionWebUI.Host.Extensions;

/// <summary>Calls code of an extension, whatever it throws.</summary>
internal static class ExtensionCode
{
    /// <summary>Calls it.</summary>
    /// <param name="what">What is called, as the subject of a sentence: "its constructor".</param>
    /// <param name="code">The call.</param>
    /// <exception cref="ExtensionRefusedException">It threw; the reason says what and that it was the extension.</exception>
    public static T Call<T>(string what, Func<T> code)
    {
        try
        {
            return code();
        }
        catch (ExtensionRefusedException)
        {
            throw;
        }
        catch (ExtensionDeclarationException error)
        {
            var sentence = ErrorText.Line(error.Message);
            throw new ExtensionRefusedException(sentence.Length > 0 ? sentence : $"{what} refused a declaration without a word.");
        }
        catch (Exception error)
        {
            throw new ExtensionRefusedException($"{what} threw {ErrorText.OneLine(error)}", ErrorText.Details(error));
        }
    }

    /// <inheritdoc cref="Call{T}"/>
    public static void Call(string what, Action code) => Call(what, () =>
    {
        code();
        return true;
    });
}
