namespace RegionWebUI.Architecture.Tests.References;

/// <summary>The picture of the house: arrows point one way only.</summary>
internal static class House
{
    private const string Graph = "RegionWebUI.Graph";
    private const string Imaging = "RegionWebUI.Imaging";
    private const string Onnx = "RegionWebUI.Onnx";
    private const string Sdk = "RegionWebUI.Sdk";
    private const string Diffusion = "RegionWebUI.Diffusion";
    private const string Host = "RegionWebUI.Host";

    public static IReadOnlyList<Room> Rooms { get; } =
    [
        new(Graph, Graph, [], [], [], []),
        new(Imaging, Imaging, [], [], ["SkiaSharp", "SkiaSharp.NativeAssets.*"], ["SkiaSharp"]),
        // The native ONNX Runtime is reached by a binding of our own, so no managed package of it is known here or anywhere.
        new(Onnx, Onnx, [Graph], [Graph], ["Google.Protobuf", "Grpc.Tools"], ["Google.Protobuf"]),
        new(Sdk, Sdk, [Graph, Imaging], [Graph, Imaging], ["Microsoft.CodeAnalysis.PublicApiAnalyzers"], []),
        new(Diffusion, Diffusion, [Sdk, Onnx], [Sdk, Onnx, Graph, Imaging],
            ["Microsoft.ML.Tokenizers", "System.Numerics.Tensors"], ["Microsoft.ML.Tokenizers"]),
        new(Host, Host, [Diffusion], [Diffusion, Sdk, Imaging], [], []),
        new("RegionWebUI", "regionwebui", [Host], [Host, Diffusion, Sdk, Imaging], ["MudBlazor", "System.CommandLine"],
            [
                "MudBlazor", "System.CommandLine", "Microsoft.AspNetCore", "Microsoft.AspNetCore.*", "Microsoft.Extensions.*",
                "Microsoft.JSInterop", "Microsoft.Net.Http.Headers",
            ])
        {
            Sdk = "Microsoft.NET.Sdk.Web",
        },
    ];
}
