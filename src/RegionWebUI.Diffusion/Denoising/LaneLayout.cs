using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Denoising;

/// <summary>How the lanes of a run lie end to end in a sampler's state.</summary>
/// <param name="Lanes">Lanes in order.</param>
/// <param name="Channels">Latent channels.</param>
/// <param name="Height">Rows of cells of every lane.</param>
/// <param name="Width">Columns of cells of every lane.</param>
internal sealed record LaneLayout(IReadOnlyList<Lane> Lanes, int Channels, int Height, int Width)
{
    /// <summary>Values of one lane.</summary>
    public int LaneSize => Channels * Height * Width;

    /// <summary>The crop that is the whole picture.</summary>
    public Box WholeFrame => new(0, 0, Width, Height);

    /// <summary>The values of one lane.</summary>
    public Span<double> Of(double[] state, Lane lane) => state.AsSpan(lane.Index * LaneSize, LaneSize);

    /// <summary>The values of one lane as a latent.</summary>
    public Latent Latent(double[] state, Lane lane)
    {
        var values = Of(state, lane);
        var data = new float[values.Length];
        for (var i = 0; i < data.Length; i++)
        {
            data[i] = (float)values[i];
        }

        return new Latent(Channels, Height, Width, data);
    }

    /// <summary>Writes a latent over the values of one lane.</summary>
    public void Write(double[] state, Lane lane, Latent value)
    {
        var target = Of(state, lane);
        var source = value.Data.Span;
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = source[i];
        }
    }

    /// <summary>Refuses a lane of another run.</summary>
    /// <exception cref="ArgumentException">The run has no such lane.</exception>
    public void Require(Lane lane)
    {
        if (lane.Index < 0 || lane.Index >= Lanes.Count || Lanes[lane.Index] != lane)
        {
            throw new ArgumentException(
                $"The run has no lane {lane.Index} '{lane.Name}'; it has {string.Join(", ", Lanes.Select(l => $"'{l.Name}'"))}.");
        }
    }

    /// <summary>Refuses a latent that is no state of a lane.</summary>
    /// <exception cref="ArgumentException">The shape differs, or a value is no number.</exception>
    public void Require(Latent value, string what) => Require(value, WholeFrame, what);

    /// <summary>Refuses a latent that is not of a box's size.</summary>
    /// <exception cref="ArgumentException">The shape differs, or a value is no number.</exception>
    public void Require(Latent value, Box box, string what)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Channels != Channels || value.Height != box.Height || value.Width != box.Width)
        {
            throw new ArgumentException(
                $"{what} is {value.Channels} x {value.Height} x {value.Width}; it must be {Channels} x {box.Height} x {box.Width}.");
        }

        // A record's "with" goes past its constructor.
        if (value.Data.Length != Channels * box.Height * box.Width)
        {
            throw new ArgumentException($"{what} is {Channels} x {box.Height} x {box.Width} but holds {value.Data.Length} values.");
        }

        foreach (var number in value.Data.Span)
        {
            if (!float.IsFinite(number))
            {
                throw new ArgumentException($"{what} holds the value {number}, which is no number.");
            }
        }
    }
}
