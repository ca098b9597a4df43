using System.Globalization;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Host.Gallery;
using RegionWebUI.Host.Jobs;
using RegionWebUI.Host.Parameters;
using RegionWebUI.Sdk;

namespace RegionWebUI.Components.TextToImage;

/// <summary>The page's sentences about jobs and pictures.</summary>
internal static class Wording
{
    private const int MaxAltPrompt = 80;

    /// <summary>What the job in flight does, in one line with step, rate and time left.</summary>
    internal static string Progress(JobSnapshot job) =>
        job.HookNews is { } news ? $"{Phase(job)} · {HookWording.News(news)}" : Phase(job);

    /// <summary>What was asked for, while its picture is being made.</summary>
    internal static string Asked(GenerationRequest request)
    {
        var negative = request.NegativePrompt.Length > 0 ? $"Negative prompt: {request.NegativePrompt}\n" : "";
        var size = request is { Width: { } width, Height: { } height } ? $", Size: {width}x{height}" : "";
        var start = request.Init is null ? "" : string.Create(CultureInfo.InvariantCulture, $", Denoising strength: {request.Strength}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Prompt}\n{negative}Steps: {request.Steps}, Sampler: {request.Sampler}, CFG scale: {request.CfgScale}, "
            + $"Seed: {request.Seed}{size}{start}");
    }

    /// <summary>How a job ended.</summary>
    internal static string Ending(JobSnapshot job) => job.State switch
    {
        JobState.Done => string.Create(
            CultureInfo.InvariantCulture, $"Done in {job.Seconds:0.0} s{(job.Device.Length > 0 ? $" on {ShortDevice(job.Device)}" : "")}"),
        JobState.Interrupted => $"Interrupted at step {job.Step} of {job.Steps}; nothing was kept",
        JobState.Failed => job.Error ?? "The run failed",
        _ => "",
    };

    /// <summary>What a change of state says to people who do not see the page; steps are not announced.</summary>
    internal static string Announcement(JobSnapshot? live, JobSnapshot? last) =>
        live is not null ? (live.State == JobState.Queued ? "Waiting for the device." : "Generating.")
        : last is null ? ""
        : last.State == JobState.Done ? $"{(last.Pictures.Count == 1 ? "Picture" : $"{last.Pictures.Count} pictures")} finished. {Ending(last)}."
            + string.Concat(last.HookFailures.Select(f => $" {HookWording.Failure(f, ended: true)}"))
        : $"{Ending(last)}.";

    /// <summary>Alternative text of a kept picture: what was asked for.</summary>
    internal static string Alt(GalleryEntry entry)
    {
        var line = entry.Infotext.AsSpan();
        var end = line.IndexOf('\n');
        var prompt = (end < 0 ? line : line[..end]).Trim();
        var known = prompt.Length > 0 && !prompt.StartsWith("Steps: ", StringComparison.Ordinal)
            && !prompt.StartsWith("Negative prompt: ", StringComparison.Ordinal);
        return known
            ? $"{(prompt.Length > MaxAltPrompt ? $"{prompt[..MaxAltPrompt]}…" : prompt.ToString())}, {entry.Width} by {entry.Height}"
            : $"Picture without prompt, {entry.Width} by {entry.Height}";
    }

    /// <summary>The legal values of a number; empty for what is none or has no bounds.</summary>
    internal static string Range(GenerationParameter parameter)
    {
        if (parameter.Kind is not (ParameterKind.Whole or ParameterKind.Real))
        {
            return "";
        }

        var range = (Bound(parameter.Minimum), Bound(parameter.Maximum)) switch
        {
            ({ } least, { } most) => $"{least}–{most}",
            ({ } least, null) => $"at least {least}",
            (null, { } most) => $"at most {most}",
            _ => "",
        };
        return parameter is { Kind: ParameterKind.Whole, Step: > 1 }
            ? string.Create(CultureInfo.InvariantCulture, $"{range}, multiple of {parameter.Step}")
            : range;
    }

    /// <summary>What stands below a control: its legal values, after the sentence of help where the name alone does not say enough.</summary>
    internal static string Help(GenerationParameter parameter, bool withSentence)
    {
        var range = Range(parameter);
        return !withSentence || parameter.Help.Length == 0 ? range : range.Length == 0 ? parameter.Help : $"{parameter.Help} {range}.";
    }

    // A bound that only says what the type can hold helps nobody.
    private static string? Bound(double value) =>
        Math.Abs(value) >= int.MaxValue && value != uint.MaxValue ? null : value.ToString(CultureInfo.InvariantCulture);

    private static string Phase(JobSnapshot job) => job.State == JobState.Queued ? "Waiting for the device" : job.Phase switch
    {
        GenerationPhase.Loading => "Loading the model",
        GenerationPhase.Encoding => "Reading the prompt",
        GenerationPhase.Decoding => $"Step {job.Step}/{job.Steps} · decoding the picture",
        _ => Sampling(job),
    };

    /// <summary>The device without the reason in brackets for which it was chosen; the head of the page says that.</summary>
    private static string ShortDevice(string device) => device.Split(" (", 2)[0];

    private static string Sampling(JobSnapshot job)
    {
        var text = $"Step {job.Step}/{job.Steps}";
        if (job.StepsPerSecond > 0)
        {
            text += string.Create(
                CultureInfo.InvariantCulture,
                $" · {(job.StepsPerSecond >= 1 ? $"{job.StepsPerSecond:0.0} it/s" : $"{1 / job.StepsPerSecond:0.0} s/it")}");
        }

        return job.Remaining is { } left ? $"{text} · ETA {Duration(left)}" : text;
    }

    private static string Duration(TimeSpan time)
    {
        var seconds = (long)Math.Ceiling(time.TotalSeconds);
        return seconds < 60 ? $"{seconds} s"
            : seconds < 3600 ? $"{seconds / 60} min {seconds % 60:00} s"
            : $"{seconds / 3600} h {seconds % 3600 / 60:00} min";
    }
}
