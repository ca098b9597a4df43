namespace RegionWebUI.Diffusion.Text;

/// <summary>A place in a prompt that may surprise.</summary>
/// <param name="Start">Its first character in the prompt as typed, counted in UTF-16 units from 0.</param>
/// <param name="Length">UTF-16 units, 0 or more.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Message">One sentence: what happens, and what to write instead.</param>
public sealed record PromptMark(int Start, int Length, PromptMarkSeverity Severity, string Message);
