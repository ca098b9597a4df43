namespace RegionWebUI.Sdk;

/// <summary>One latent picture in flight. A batch of four pictures is four lanes; an edit may run a source and a target lane.</summary>
/// <param name="Index">Position among the run's lanes, from 0.</param>
/// <param name="Name">What the lane is for, as shown in logs.</param>
public readonly record struct Lane(int Index, string Name);
