using RegionWebUI;
using RegionWebUI.Commands;
using RegionWebUI.Host.Extensions;

ExtensionFaults.Install();
return await CommandLine.RunAsync(args, Composition.OfThisProcess());
