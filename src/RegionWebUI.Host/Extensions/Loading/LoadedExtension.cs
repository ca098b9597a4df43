using RegionWebUI.Host.Extensions.Declaring;
using RegionWebUI.Host.Extensions.Manifests;

namespace RegionWebUI.Host.Extensions.Loading;

/// <summary>An extension whose code is loaded.</summary>
/// <param name="Manifest">Its manifest.</param>
/// <param name="Context">Its code.</param>
/// <param name="Declaration">What it declared.</param>
internal sealed record LoadedExtension(ExtensionManifest Manifest, ExtensionLoadContext Context, ExtensionDeclaration Declaration);
