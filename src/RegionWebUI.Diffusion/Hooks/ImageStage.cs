using System.Text.RegularExpressions;
using RegionWebUI.Imaging;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace RegionWebUI.Diffusion.Hooks;

/// <summary>The image stage: hooks change a decoded picture, note values and attach pictures, in order.</summary>
internal static partial class ImageStage
{
    /// <summary>Most curves of a picture.</summary>
    private const int MostCurves = 16;

    /// <summary>The picture that is kept.</summary>
    public static async Task<HookedPicture> RunAsync(HookRun run, Lane lane, Latent z, Image picture, INetworks networks)
    {
        var notes = new List<KeyValuePair<string, string>>();
        var attachments = new List<KeyValuePair<string, Image>>();
        var curves = new List<Curve>();
        foreach (var (owner, hook) in run.Image)
        {
            using var turn = new HookTurn(run, owner);
            var context = new Context(turn, owner, lane, z, picture, networks) { Notes = notes, Attachments = attachments, Curves = curves };
            await run.CallAsync(owner, HookKind.Image, -1, () => hook.ImageAsync(context)).ConfigureAwait(false);
            picture = context.Picture;
        }

        return new HookedPicture(picture, notes, attachments, curves);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    private sealed class Context(HookTurn turn, HookOwner owner, Lane lane, Latent z, Image picture, INetworks networks) : ImageContext
    {
        private const int LongestNote = 4096;

        private Image _picture = picture;

        public required List<KeyValuePair<string, string>> Notes { get; init; }

        public required List<KeyValuePair<string, Image>> Attachments { get; init; }

        public required List<Curve> Curves { get; init; }

        public override INetworks Networks => networks;

        public override Lane Lane => lane;

        public override Latent Z => z;

        public override CancellationToken Cancellation => turn.Cancellation;

        public override Image Picture
        {
            get => _picture;
            set => turn.Change(() =>
                _picture = value ?? throw new ArgumentNullException(nameof(value), "The picture cannot be taken away."));
        }

        public override void Note(string key, string value)
        {
            RequireName(key, "key of a note");
            ArgumentNullException.ThrowIfNull(value);
            if (value.Length > LongestNote)
            {
                throw new ArgumentException($"The note '{key}' has {value.Length} characters; at most {LongestNote} are kept.", nameof(value));
            }

            if (owner.ParameterNames.Contains(key, StringComparer.Ordinal))
            {
                throw new ArgumentException($"The note '{key}' would stand in the place of the parameter of that name.", nameof(key));
            }

            turn.Change(() => Notes.Add(new(InfotextKeys.OfExtension(owner.Id, key), value)));
        }

        public override void Attach(string name, Image image)
        {
            RequireName(name, "name of an attachment");
            ArgumentNullException.ThrowIfNull(image);
            turn.Change(() => Attachments.Add(new(Free(name, Attachments.Select(a => a.Key)), image)));
        }

        public override void Curve(string name, IReadOnlyList<double> values)
        {
            RequireName(name, "name of a curve");
            turn.Change(() => Curves.Add(Curves.Count < MostCurves
                ? new Curve(Free(name, Curves.Select(c => c.Name)), values)
                : throw new ArgumentException($"The curve '{name}' is one too many; a picture has at most {MostCurves}.", nameof(name))));
        }

        public override void Report(string what) => turn.Report(what);

        // Names become files, whose names differ by more than letter case.
        private static string Free(string name, IEnumerable<string> taken)
        {
            var names = taken.ToHashSet(StringComparer.OrdinalIgnoreCase);
            return Enumerable.Range(1, names.Count + 1).Select(n => n == 1 ? name : $"{name}-{n}").First(free => !names.Contains(free));
        }

        private static void RequireName(string? name, string what)
        {
            if (name is null || !Name().IsMatch(name))
            {
                throw new ArgumentException($"The {what} is '{name}'; it must be 1 to 64 letters, digits, '-' or '_'.");
            }
        }
    }
}
