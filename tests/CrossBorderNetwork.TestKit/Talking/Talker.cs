namespace CrossBorderNetwork.TestKit;

/// <summary>
/// A person who talks to the whole service from outside, over some channel's own wire. What holds for every channel is written
/// against this; a channel adds one subclass.
/// </summary>
public abstract class Talker(Words words)
{
    /// <summary>Generous: the machine may be slow, and a server may have to start first.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public Words Words => words;

    /// <summary>What the person sees now, for messages of failing tests.</summary>
    public abstract string Screen { get; }

    public abstract Task Types(string text);

    /// <summary>Presses the newest button whose label is or contains this.</summary>
    public abstract Task Presses(string label);

    /// <summary>Presses a button that is no longer the newest: the first one that was ever shown with this label.</summary>
    public abstract Task PressesOld(string label);

    /// <summary>Sends a file, which the service cannot read.</summary>
    public abstract Task SendsFile();

    /// <summary>Waits until something that came after the person's last deed contains the fragment, and gives the message.</summary>
    /// <exception cref="TimeoutException">It did not come; the message shows the screen.</exception>
    public abstract Task<string> Sees(string fragment);

    /// <summary>Waits until a choice stands there as made: on its button, or in words where buttons cannot change.</summary>
    public abstract Task SeesChosen(string label);

    public Task Presses(string dialog, string key) => Presses(words.Of(dialog, key));

    public Task<string> Sees(string dialog, string key) => Sees(words.Of(dialog, key));

    /// <summary>Types, and waits for a sentence.</summary>
    public async Task Types(string text, string dialog, string key)
    {
        await Types(text);
        await Sees(dialog, key);
    }

    /// <summary>Presses, and waits for a sentence.</summary>
    public async Task Presses(string label, string dialog, string key)
    {
        await Presses(label);
        await Sees(dialog, key);
    }

    /// <summary>Presses, and waits for whatever comes.</summary>
    public async Task Ticks(string label)
    {
        await Presses(label);
        await Sees("");
    }
}
