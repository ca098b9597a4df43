using System.Globalization;
using System.Text.RegularExpressions;

namespace RegionWebUI.Host.Gallery;

/// <summary>Where a kept picture lies: <c>YYYY-MM-DD/NNNNN-seed.png</c> below the pictures folder, numbered from 1 each day.</summary>
internal sealed partial record PictureName(DateOnly Day, long Number, long Seed)
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>Folder name of the day.</summary>
    public string Folder => DayText(Day);

    /// <summary>File name within the folder.</summary>
    public string File => string.Create(CultureInfo.InvariantCulture, $"{Number:D5}-{Seed}.png");

    /// <summary>File name of something attached to the picture.</summary>
    public string AttachmentFile(string name) => string.Create(CultureInfo.InvariantCulture, $"{Number:D5}-{Seed}.{name}.png");

    /// <summary>Path of the curves of the picture of a path.</summary>
    public static string CurvesOf(string path) => Path.ChangeExtension(path, ".curves.json");

    /// <summary>The gallery id: letters, digits, '-' and '_' only.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{Folder}_{Number:D5}-{Seed}");

    public static string DayText(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>Reads a folder's name; null when it is no day.</summary>
    public static DateOnly? ParseDay(string folder) =>
        DateOnly.TryParseExact(folder, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Reads a file's name; null when it is not one of ours.</summary>
    public static PictureName? Parse(DateOnly day, string file) =>
        Pattern().Match(file) is { Success: true } match
        && long.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && long.TryParse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? new PictureName(day, number, seed)
            : null;

    /// <summary>Reads an attachment's file name: that of its picture without the end, and its own name; null when it is none.</summary>
    public static (string Picture, string Name)? ParseAttachment(string file) =>
        Attached().Match(file) is { Success: true } match ? (match.Groups[1].Value, match.Groups[2].Value) : null;

    [GeneratedRegex("^([0-9]{5,12}-[0-9]{1,18})\\.([A-Za-z0-9_-]{1,80})\\.png$", RegexOptions.CultureInvariant)]
    private static partial Regex Attached();

    [GeneratedRegex("^([0-9]{5,12})-([0-9]{1,18})\\.png$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
