using CrossBorderNetwork.TestKit;

namespace CrossBorderNetwork.Tests.Channels.Compliance;

/// <summary>A button as it stands on the screen, with what its press brings back to the bot.</summary>
internal sealed record ShownButton(string Label, string Token, string MessageId);

/// <summary>A message of the bot as a person sees it now: the text without markup, and the pieces of it that are bold.</summary>
internal sealed record ShownMessage(string Id, string Text, IReadOnlyList<string> Bold, IReadOnlyList<IReadOnlyList<ShownButton>> Rows, string? File = null)
{
    public IEnumerable<ShownButton> Buttons => Rows.SelectMany(row => row);

    public override string ToString() => string.Join('\n', [$"#{Id} {Text}", .. Rows.Select(row => string.Join(' ', row.Select(button => $"[{button.Label}]"))), File ?? ""]);
}

/// <summary>
/// Somebody at a real client of the channel. The verbs are the same on every channel; each returns when the server has handled the
/// deed and said all that it has to say.
/// </summary>
internal abstract class ChannelPerson(ChannelNetwork network, string name) : IDisposable
{
    private HashSet<string> _before = [];
    private IReadOnlyList<ShownMessage> _screen = [];

    public string Name => name;

    /// <summary>Where the conversation is held, as the database knows it.</summary>
    public abstract string Address { get; }

    /// <summary>All messages of the bot as they look now, oldest first.</summary>
    public IReadOnlyList<ShownMessage> Screen => _screen;

    /// <summary>What came or changed since the person's last deed.</summary>
    public IReadOnlyList<ShownMessage> News => [.. _screen.Where(message => !_before.Contains(message.ToString()))];

    protected ChannelNetwork Network => network;

    public Task Types(string text) => DoesAsync(() => WriteAsync(text));

    /// <summary>Presses the newest button with this label, its beginning, or a part of it.</summary>
    public Task Presses(string label) => Presses(Button(label));

    /// <summary>Presses a button that may have gone, or may be another person's.</summary>
    public Task Presses(ShownButton button) => DoesAsync(() => PressAsync(button));

    public Task PressesTwice(string label)
    {
        var button = Button(label);
        return DoesAsync(async () =>
        {
            await PressAsync(button);
            await PressAsync(button);
        });
    }

    public Task GoesBack() => Presses("‹");

    /// <summary>Comes by a link that names what it is about, such as <c>event-17</c>.</summary>
    public Task FollowsLink(string payload) => DoesAsync(() => ArriveAsync(payload));

    public Task SendsSomethingThatIsNotText() => DoesAsync(AttachAsync);

    /// <summary>The channel delivers the person's last message once more.</summary>
    public Task LastMessageArrivesAgain() => DoesAsync(RepeatAsync);

    public async Task Leaves()
    {
        await LeaveAsync();
        await network.SettleAsync();
    }

    public async Task Returns()
    {
        await ReturnAsync();
        await LooksAsync();
    }

    /// <summary>Several deeds: <c>&gt; typed</c>, <c>[pressed]</c>, <c>&lt; seen</c>.</summary>
    public async Task Does(string script)
    {
        foreach (var line in script.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.StartsWith('>')) await Types(line[1..].Trim());
            else if (line.StartsWith('<')) await Sees(line[1..].Trim());
            else await Presses(line.Trim('[', ']'));
        }
    }

    /// <summary>Demands that what came since the last deed shows this in a text or on a button.</summary>
    public async Task<ShownMessage> Sees(string fragment)
    {
        await LooksAsync();
        return News.LastOrDefault(message => message.ToString().Contains(fragment, StringComparison.Ordinal)) ?? throw Failure($"{name} does not see “{fragment}”");
    }

    public async Task DoesNotSee(string fragment)
    {
        await LooksAsync();
        if (News.Any(message => message.ToString().Contains(fragment, StringComparison.Ordinal))) throw Failure($"{name} sees “{fragment}”");
    }

    public ShownButton Button(string label)
    {
        foreach (var message in _screen.Reverse())
        {
            var buttons = message.Buttons.ToList();
            if ((buttons.Find(button => button.Label == label)
                ?? buttons.Find(button => button.Label.StartsWith(label, StringComparison.Ordinal))
                ?? buttons.Find(button => button.Label.Contains(label, StringComparison.Ordinal))) is { } fit) return fit;
        }
        throw Failure($"{name} finds no button “{label}”");
    }

    /// <summary>After a restart of the server.</summary>
    public virtual Task ReconnectAsync() => Task.CompletedTask;

    public abstract void Dispose();

    protected abstract Task WriteAsync(string text);

    protected abstract Task PressAsync(ShownButton button);

    protected abstract Task ArriveAsync(string payload);

    protected abstract Task AttachAsync();

    protected abstract Task RepeatAsync();

    protected abstract Task LeaveAsync();

    protected abstract Task ReturnAsync();

    protected abstract Task<IReadOnlyList<ShownMessage>> ReadScreenAsync();

    private async Task DoesAsync(Func<Task> deed)
    {
        _before = [.. (await ReadScreenAsync()).Select(message => message.ToString())];
        await deed();
        await LooksAsync();
    }

    private async Task LooksAsync()
    {
        await network.SettleAsync();
        _screen = await ReadScreenAsync();
    }

    private ExpectationException Failure(string what) => new($"{what}. The screen shows:\n{string.Join("\n---\n", _screen)}\n");
}
