using System.ComponentModel.DataAnnotations;
using RegionWebUI.Diffusion;

namespace RegionWebUI.Host.Extensions.Declaring;

/// <summary>Lets an object of an extension judge its own values.</summary>
internal static class BoundObject
{
    /// <summary>The first thing it refuses; null when it takes its values.</summary>
    /// <param name="bound">Any object; those that do not judge take everything.</param>
    /// <returns>The name of the property at fault, empty when it names none, and a sentence.</returns>
    /// <exception cref="ExtensionRefusedException">Its code threw or gave null.</exception>
    public static (string Property, string Sentence)? Refusal(object bound)
    {
        if (bound is not IValidatableObject judge)
        {
            return null;
        }

        return ExtensionCode.Call<(string, string)?>("Validate", () =>
        {
            var results = judge.Validate(new ValidationContext(bound))
                ?? throw new ExtensionRefusedException("Validate returned null in place of a list.");
            foreach (var result in results)
            {
                if (result is not null && result != ValidationResult.Success)
                {
                    var sentence = ErrorText.Line(result.ErrorMessage);
                    return (result.MemberNames?.FirstOrDefault() ?? "", sentence.Length > 0 ? sentence : "These values do not go together.");
                }
            }

            return null;
        });
    }
}
