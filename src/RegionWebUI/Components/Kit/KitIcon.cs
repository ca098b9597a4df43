namespace RegionWebUI.Components.Kit;

/// <summary>The icons of the page; each is a drawing inside the program, nothing is fetched.</summary>
public enum KitIcon
{
    /// <summary>A die.</summary>
    Dice,

    /// <summary>Use again.</summary>
    Reuse,

    /// <summary>Exchange two values.</summary>
    Swap,

    /// <summary>Copy to the clipboard.</summary>
    Copy,

    /// <summary>Save to a file.</summary>
    Download,

    /// <summary>Take away.</summary>
    Remove,

    /// <summary>Earlier in an order.</summary>
    Up,

    /// <summary>Later in an order.</summary>
    Down,

    /// <summary>Look again.</summary>
    Refresh,

    /// <summary>A picture.</summary>
    Picture,

    /// <summary>Settings.</summary>
    Settings,

    /// <summary>Take into the form.</summary>
    ReadIn,
}
