using RegionWebUI.Benchmarks;
using RegionWebUI.TestKit;

if (MemoryRows.Answer(args) || PeakMemory.RunsAsChild(args))
{
    return;
}

if (args is ["guidance-sheet", var sheet, .. var options])
{
    await GuidanceSheet.MakeAsync(sheet, options);
    return;
}

TorchLibrary.Prepare();
Machine.UseThreads();
using var folder = new TemporaryFolder();
var table = new Table();
var groups = new Dictionary<string, Func<IEnumerable<Row>>>
{
    ["networks"] = () => [NetworkRows.UNetStep(), NetworkRows.VaeDecode()],
    ["pictures"] = () => [.. PictureRows.WholePicture(), .. PictureRows.SamplerOverhead(folder)],
    ["seam"] = SeamRows.StepCost,
    ["start"] = () => [.. StartRows.LoadOfTheModel(), .. StartRows.GenerateProcess(folder)],
    ["gradients"] = GradientRows.All,
};
if (args.FirstOrDefault(name => !groups.ContainsKey(name)) is { } unknown)
{
    throw new ArgumentException($"There is no group '{unknown}'; there are {string.Join(", ", groups.Keys)}.");
}

foreach (var (_, rows) in groups.Where(g => args.Length == 0 || args.Contains(g.Key)))
{
    table.AddRange(rows());
}

Console.WriteLine(Machine.Line);
Console.WriteLine();
Console.Write(table);
