using RegionWebUI.Imaging;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace RegionalPrompts;

/// <summary>Encodes the prompts once, then plans a row for each region in every model call; the engine's weighted mean fuses them.</summary>
internal sealed class RegionalPromptsHook : IStartHook, IPlanHook
{
    private readonly IReadOnlyList<string> _prompts;
    private readonly string _wholePrompt;
    private readonly double _whole;
    private readonly double _cfgScale;
    private readonly IReadOnlyList<Region> _regions;
    private readonly IReadOnlyList<Region> _regionsBesideWhole;
    private Conditioning[] _conditionings = [];
    private Conditioning? _wholeConditioning;

    public RegionalPromptsHook(RegionalPromptsOptions options, IRun run)
    {
        var regions = options.Regions();
        _prompts = options.Global == MainPrompt.Alone ? regions : [.. regions.Select(r => Join(r))];
        _wholePrompt = Join([.. regions]);
        _whole = options.Whole;
        _cfgScale = run.Request.CfgScale;
        _regions = RegionLayout.Of(options.Shares(), options.Feather, options.Direction, new Box(0, 0, run.LatentWidth, run.LatentHeight));
        _regionsBesideWhole = [.. _regions.Select(r => r.Times(1 - _whole))];

        string Join(params string[] prompts)
        {
            var main = run.Request.Prompt.Trim();
            var all = options.Global == MainPrompt.Prepend ? prompts.Prepend(main) : prompts.Append(main);
            return string.Join(", ", all.Where(p => p.Length > 0));
        }
    }

    /// <inheritdoc/>
    public async Task StartAsync(StartContext c)
    {
        _conditionings = new Conditioning[_prompts.Count];
        for (var i = 0; i < _prompts.Count; i++)
        {
            _conditionings[i] = await c.Networks.EncodeAsync(_prompts[i]);
        }

        _wholeConditioning = _whole > 0 ? await c.Networks.EncodeAsync(_wholePrompt) : null;
    }

    /// <inheritdoc/>
    public void Plan(PlanContext c)
    {
        // Rows that another extension planned are its own; only the default, a whole lane with the main prompt, is replaced.
        // A main prompt with AND has such a row for each of its sides: the regions stand for all of them, with the run's own guidance.
        var whole = c.Rows.Where(row => row.Weight is null && row.Crop == c.Frame).ToLookup(row => row.Lane);
        foreach (var lane in whole)
        {
            var first = c.Rows.IndexOf(lane.First());
            var row = lane.Count() == 1 ? lane.First() : lane.First() with { CfgScale = _cfgScale };
            foreach (var replaced in lane)
            {
                c.Rows.Remove(replaced);
            }

            foreach (var part in RowsOf(row, c.Step).Reverse())
            {
                c.Rows.Insert(first, part);
            }
        }
    }

    private IEnumerable<DenoiseRow> RowsOf(DenoiseRow row, StepInfo step)
    {
        // MRGD's T_total: what lies where is decided in the first half of the steps, by the regions alone.
        var whole = 2 * step.Index >= step.Count ? _wholeConditioning : null;
        var regions = whole is null ? _regions : _regionsBesideWhole;
        for (var i = 0; i < regions.Count; i++)
        {
            var (crop, weight) = regions[i];
            yield return row with { Id = $"{row.Id}/region-{i + 1}", Crop = crop, Weight = weight, Positive = _conditionings[i] };
        }

        if (whole is not null)
        {
            yield return row with { Id = $"{row.Id}/whole", Weight = Mask.Full(row.Crop.Width, row.Crop.Height, (float)_whole), Positive = whole };
        }
    }
}
