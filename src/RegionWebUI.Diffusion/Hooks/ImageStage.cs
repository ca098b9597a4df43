using System.Text.RegularExpressions;
using RegionWebUI.Imaging;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace RegionWebUI.Diffusion.Hooks;

/// <summary>The image stage: hooks change a decoded picture, note values and attach pictures, in order.</summary>
internal static partial class ImageStage
{
    /// <summary>The picture that is kept.</summary>
    public static async Task<HookedPicture> RunAsync(HookRun run, Lane lane, Latent z, Image picture, INetworks networks)
    {
        var notes = new List<KeyValuePair<string, string>>();
        var attachments = new List<KeyValuePair<string, Image>>();
        foreach (var (owner, hook) in run.Image)
        {
            var context = new Context(run, owner, lane, z, picture, networks) { Notes = notes, Attachments = attachments };
            await run.CallAsync(owner, HookKind.Image, -1, () => hook.ImageAsync(context)).ConfigureAwait(false);
            picture = context.Picture;
        }

        return new HookedPicture(picture, notes, attachments);
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    private sealed class Context(HookRun run, HookOwner owner, Lane lane, Latent z, Image picture, INetworks networks) : ImageContext
    {
        private const int LongestNote = 4096;

        private Image _picture = picture;

        public required List<KeyValuePair<string, string>> Notes { get; init; }

        public required List<KeyValuePair<string, Image>> Attachments { get; init; }

        public override INetworks Networks => networks;

        public override Lane Lane => lane;

        public override Latent Z => z;

        public override CancellationToken Cancellation => run.Cancellation;

        public override Image Picture
        {
            get => _picture;
            set => _picture = value ?? throw new ArgumentNullException(nameof(value), "The picture cannot be taken away.");
        }

        public override void Note(string key, string value)
        {
            RequireName(key, "key of a note");
            ArgumentNullException.ThrowIfNull(value);
            if (value.Length > LongestNote)
            {
                throw new ArgumentException($"The note '{key}' has {value.Length} characters; at most {LongestNote} are kept.", nameof(value));
            }

            Notes.Add(new($"ext/{owner.Id}/{key}", value));
        }

        public override void Attach(string name, Image image)
        {
            RequireName(name, "name of an attachment");
            ArgumentNullException.ThrowIfNull(image);
            var taken = Attachments.Count(a => a.Key == name || a.Key.StartsWith(name + "-", StringComparison.Ordinal));
            Attachments.Add(new(taken == 0 ? name : $"{name}-{taken + 1}", image));
        }

        public override void Report(string what) => run.Report(what);

        private static void RequireName(string? name, string what)
        {
            if (name is null || !Name().IsMatch(name))
            {
                throw new ArgumentException($"The {what} is '{name}'; it must be 1 to 64 letters, digits, '-' or '_'.");
            }
        }
    }
}
