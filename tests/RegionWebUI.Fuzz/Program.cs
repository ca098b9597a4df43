using RegionWebUI.Fuzz;

if (args is ["--help" or "-h" or "-?", ..])
{
    Console.WriteLine(FuzzArguments.Help);
    return 0;
}

try
{
    return new FuzzRun(FuzzArguments.Parse(args)).Run() == 0 ? 0 : 1;
}
catch (Exception error) when (error is ArgumentException or DirectoryNotFoundException)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}
