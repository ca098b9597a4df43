using RegionWebUI.Benchmarks;
TorchLibrary.Prepare();
Exp.Run(args);
