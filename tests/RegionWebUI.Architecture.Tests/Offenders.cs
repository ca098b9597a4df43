namespace RegionWebUI.Architecture.Tests;

/// <summary>Fails with one line per offender, so that one run shows everything there is to mend.</summary>
internal static class Offenders
{
    public static void None(IEnumerable<string> offenders)
    {
        var found = offenders.ToList();
        if (found.Count > 0)
        {
            Assert.Fail($"{found.Count} found:{Environment.NewLine}{string.Join(Environment.NewLine, found)}");
        }
    }
}
