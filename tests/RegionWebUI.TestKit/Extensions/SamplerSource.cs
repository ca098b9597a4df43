namespace RegionWebUI.TestKit.Extensions;

/// <summary>Source of an extension that brings a sampler: one class and the one line that registers it.</summary>
public static class SamplerSource
{
    /// <summary>What <see cref="Euler"/> is called.</summary>
    public const string Name = "Test Euler";

    /// <summary>Euler steps, as the engine's own sampler of that name makes them.</summary>
    public static string Euler => Of("return x;");

    /// <summary>Euler steps that go wrong in the third.</summary>
    public static string Throwing => Of("return x;", "if (i == 2) { throw new InvalidOperationException(\"broken on purpose\"); }");

    /// <summary>An extension with Euler steps.</summary>
    /// <param name="end">Statements after the last step.</param>
    /// <param name="step">Statements before each step.</param>
    /// <param name="name">Name of the sampler.</param>
    public static string Of(string end, string step = "", string name = Name) => ExtensionCompiler.Extension("r.Sampler(new TestEuler());", $$"""
        public sealed class TestEuler : ISampler
        {
            public string Name => "{{name}}";

            public IReadOnlyList<string> Aliases => ["k_{{name.ToLowerInvariant().Replace(' ', '_')}}"];

            // Karras et al. (2022), Algorithm 2 with Euler steps.
            public async Task<double[]> SampleAsync(SamplerContext c)
            {
                var x = c.X;
                for (var i = 0; i < c.Steps; i++)
                {
                    {{step}}
                    var denoised = await c.DenoiseAsync(x, i, c.Sigmas[i]);
                    for (var j = 0; j < x.Length; j++)
                    {
                        x[j] += (c.Sigmas[i + 1] - c.Sigmas[i]) * ((x[j] - denoised[j]) / c.Sigmas[i]);
                    }

                    x = await c.AfterStepAsync(x, i, denoised);
                }

                {{end}}
            }
        }
        """);
}
