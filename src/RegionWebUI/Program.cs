using RegionWebUI;
using RegionWebUI.Commands;

// Before the native library is loaded: nothing about a run leaves this machine.
return await CommandLine.RunAsync(args, Composition.OfThisProcess());
