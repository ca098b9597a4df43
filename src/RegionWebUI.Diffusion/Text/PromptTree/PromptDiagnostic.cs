namespace RegionWebUI.Diffusion.Text.PromptTree;

/// <summary>How bad a problem in a prompt is.</summary>
internal enum DiagnosticSeverity
{
    /// <summary>Legal, and perhaps meant.</summary>
    Hint,

    /// <summary>Legal, and hardly ever meant.</summary>
    Warning,

    /// <summary>No picture can be made from it.</summary>
    Error,
}

/// <summary>What may be wrong in a prompt.</summary>
internal enum PromptProblem
{
    /// <summary>An opening bracket without its closing one.</summary>
    UnclosedBracket,

    /// <summary>A closing bracket without its opening one.</summary>
    UnopenedBracket,

    /// <summary>A bracket pair that begins inside another and ends outside it.</summary>
    CrossedBrackets,

    /// <summary>A weight of dots and digits that is no number.</summary>
    WeightIsNoNumber,

    /// <summary>Text that looks like a weight and is none.</summary>
    LooksLikeWeight,

    /// <summary>A switch step beyond all numbers.</summary>
    SwitchStepTooLarge,

    /// <summary>A schedule whose second text is never used.</summary>
    NeverSwitches,

    /// <summary>A schedule whose first text is never used.</summary>
    SwitchedFromStart,

    /// <summary>Square brackets with a colon or bar that are no schedule.</summary>
    NotASchedule,

    /// <summary>A lone bar or unfinished escape because of which no schedule of the text works.</summary>
    SchedulesOff,

    /// <summary>A number at the end of a prompt without AND that is taken as its guidance weight.</summary>
    NumberTakenAsWeight,

    /// <summary>AND between brackets.</summary>
    AndInBrackets,

    /// <summary>A sub-prompt without text.</summary>
    EmptySubPrompt,

    /// <summary>BREAK inside brackets, where it is a word like others.</summary>
    BreakInBrackets,

    /// <summary>A network tag where it is text like others.</summary>
    TagInNegative,

    /// <summary>A network named twice.</summary>
    TagTwice,

    /// <summary>A network tag inside a schedule, which does not hold it back.</summary>
    TagInSchedule,
}

/// <summary>Something in a prompt that may surprise.</summary>
/// <param name="Problem">What it is.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Span">Where it stands in the prompt as typed.</param>
/// <param name="Message">One sentence for the user: what happens, and what to write instead.</param>
internal sealed record PromptDiagnostic(PromptProblem Problem, DiagnosticSeverity Severity, TextSpan Span, string Message);
