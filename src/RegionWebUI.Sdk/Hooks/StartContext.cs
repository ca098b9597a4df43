namespace RegionWebUI.Sdk.Hooks;

/// <summary>The run before its first model call.</summary>
public abstract class StartContext : HookContext
{
    /// <summary>The networks of the run's model.</summary>
    public abstract INetworks Networks { get; }

    /// <summary>The lanes so far, one per picture asked for.</summary>
    public abstract IReadOnlyList<Lane> Lanes { get; }

    /// <summary>The box that covers a whole lane.</summary>
    public abstract Box Frame { get; }

    /// <summary>Latent channels.</summary>
    public abstract int Channels { get; }

    /// <summary>
    /// Noise levels of the whole schedule, falling: one more than there are steps. Step i goes from <c>Sigmas[i]</c> to <c>Sigmas[i + 1]</c>.
    /// </summary>
    public abstract IReadOnlyList<double> Sigmas { get; }

    /// <summary>The step of the schedule the run begins with, 0..steps - 1; what lies before is left out.</summary>
    /// <value>0 unless a hook moved it, as image to image does. States that were set before keep the level they were set at.</value>
    /// <exception cref="ArgumentOutOfRangeException">The schedule has no such step.</exception>
    public abstract int FirstStep { get; set; }

    /// <summary>abar of the noise level the run begins at.</summary>
    public abstract double AlphaBar { get; }

    /// <summary>Adds a lane with a seed of its own; it takes part in every model call from the first.</summary>
    /// <param name="name">What it is for, as shown in logs; 1..64 characters and unlike the others.</param>
    /// <param name="seed">Seed of its noise, 0..4294967295.</param>
    /// <param name="isPicture">Whether it is decoded and kept as a picture of the run.</param>
    /// <exception cref="ArgumentException">The name is empty, too long or taken.</exception>
    public abstract Lane AddLane(string name, long seed, bool isPicture);

    /// <summary>The lane that live previews show.</summary>
    /// <value>The first unless a hook chose another.</value>
    /// <exception cref="ArgumentException">The run has no such lane.</exception>
    public abstract Lane PreviewLane { get; set; }

    /// <summary>The state a lane begins with: what a hook set, else its noise at the first step's level.</summary>
    /// <param name="lane">One of <see cref="Lanes"/>.</param>
    /// <exception cref="ArgumentException">The run has no such lane.</exception>
    public abstract Latent Z(Lane lane);

    /// <summary>Sets the state a lane begins with, variance preserving, at the noise level of <see cref="FirstStep"/>.</summary>
    /// <param name="lane">One of <see cref="Lanes"/>.</param>
    /// <param name="z">Finite values of the lane's shape.</param>
    /// <exception cref="ArgumentException">There is no such lane, or the shape differs.</exception>
    public abstract void Set(Lane lane, Latent z);

    /// <summary>
    /// The unit noise of a lane: the first draw of its seed. In the pictures asked for what the request's noise settings mix into it is in it;
    /// an added lane has its own seed's alone.
    /// </summary>
    /// <param name="lane">One of <see cref="Lanes"/>.</param>
    /// <exception cref="ArgumentException">The run has no such lane.</exception>
    public abstract Latent Noise(Lane lane);

    /// <summary>
    /// Unit noise of a size of its own, from the request's source: <c>torch.randn(1, channels, height, width)</c> after
    /// <c>manual_seed</c>, on the CPU unless the request asks for an Nvidia GPU's numbers.
    /// </summary>
    /// <param name="seed">The seed, 0..4294967295.</param>
    /// <param name="height">Rows of cells, at least 1.</param>
    /// <param name="width">Columns of cells, at least 1.</param>
    public abstract Latent Noise(long seed, int height, int width);

    /// <summary>q(z_t | z_0) at the first step's level: sqrt(abar) z0 + sqrt(1 - abar) n.</summary>
    /// <param name="z0">A clean latent.</param>
    /// <param name="noise">Unit noise of equal shape.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public Latent Noised(Latent z0, Latent noise) => Diffuse.Forward(z0, noise, AlphaBar);
}
