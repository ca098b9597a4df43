using RegionWebUI.Benchmarks;
using RegionWebUI.TestKit;

if (MemoryRows.Answer(args))
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
table.Add(NetworkRows.UNetStep());
table.Add(NetworkRows.VaeDecode());
table.AddRange(PictureRows.WholePicture());
table.AddRange(PictureRows.SamplerOverhead(folder));
table.AddRange(SeamRows.StepCost());
table.AddRange(StartRows.LoadOfTheModel());
table.AddRange(StartRows.GenerateProcess(folder));
Console.WriteLine(Machine.Line);
Console.WriteLine();
Console.Write(table);
