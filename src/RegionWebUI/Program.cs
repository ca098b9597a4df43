using RegionWebUI;
using RegionWebUI.Commands;

// Before the native library is loaded: nothing about a run leaves this machine.
Environment.SetEnvironmentVariable("ORT_DISABLE_TELEMETRY", "1");
return await CommandLine.RunAsync(args, Composition.OfThisProcess());
