namespace RegionWebUI.Diffusion.Text;

/// <summary>How bad a place in a prompt is.</summary>
public enum PromptMarkSeverity
{
    /// <summary>Legal, and perhaps meant.</summary>
    Hint,

    /// <summary>Legal, and hardly ever meant.</summary>
    Warning,

    /// <summary>No picture can be made from it.</summary>
    Error,
}
