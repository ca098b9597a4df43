using RegionWebUI;
using RegionWebUI.Commands;

return await CommandLine.RunAsync(args, Composition.OfThisProcess());
