using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.TestKit;

/// <summary>
/// A person at the channel "test". Each deed goes through the real inbox and returns when the turn is over and all that it said
/// is delivered.
/// </summary>
public sealed class ScriptedMember(TestNetwork network, string name, string language, string? handle, string address)
{
    public string Name => name;

    /// <summary>Where the person's conversation is held; also the channel's id of the person.</summary>
    public string Address => address;

    public Phone Phone => network.Channel.Phone(address);

    /// <summary>The messages as they look now, newest last, with their buttons.</summary>
    public string Screen => string.Join("\n---\n", Phone.Messages);

    /// <summary>All that was done and shown: <c>&gt; typed</c>, <c>[pressed]</c>, <c>&lt; shown</c>, <c>~ changed in place</c>.</summary>
    public string Transcript => Phone.Transcript;

    /// <summary>Labels of the buttons that can be pressed now.</summary>
    public IReadOnlyList<string> Buttons => [.. Phone.Messages.SelectMany(message => message.Buttons).Select(button => button.Label)];

    public Task Types(string text) => Does(Activity(ActivityKind.Message) with { Text = text }, "> " + text);

    /// <summary>Presses the button of the newest message that has one with such a label: the same, its beginning, or a part of it.</summary>
    public Task Presses(string label)
    {
        var (message, button) = Find(label);
        return PressesToken(button.Token!, message.Id, label);
    }

    /// <summary>Sends any token, as a bad client or an old screen can.</summary>
    public Task PressesToken(string token, string? messageId = null, string? label = null) =>
        Does(Activity(ActivityKind.Press) with { Token = token, PressedMessageId = messageId }, $"[{label ?? token}]");

    /// <summary>Sends something that is neither text nor press: a photo, an edited message, "blocked the bot" …</summary>
    public Task Sends(ActivityKind kind) => Does(Activity(kind), $"({kind})");

    public async Task Does(Activity activity, string? shownAs = null)
    {
        Phone.Act(shownAs ?? $"({activity.Kind})");
        await network.AcceptAsync(activity);
        await network.SettleAsync();
    }

    /// <summary>An activity of this person, to be completed with <c>with</c>.</summary>
    public Activity Activity(ActivityKind kind) => new()
    {
        Kind = kind, Channel = TestChannel.Name, Address = address, SenderId = address, SenderName = name, SenderHandle = handle, Locale = language,
    };

    /// <summary>The press that <see cref="Presses"/> would do, for handing it in by other ways.</summary>
    public Activity Press(string label)
    {
        var (message, button) = Find(label);
        return Activity(ActivityKind.Press) with { Token = button.Token, PressedMessageId = message.Id };
    }

    /// <summary>Demands that what came since this person's last deed contains the fragment (in a text, a button or a file name).</summary>
    public void Sees(string fragment)
    {
        if (!Phone.News.Any(message => Contains(message, fragment))) throw Failure($"{name} does not see “{fragment}”");
    }

    /// <summary>Demands that what came since this person's last deed does not contain the fragment.</summary>
    public void DoesNotSee(string fragment)
    {
        if (Phone.News.Any(message => Contains(message, fragment))) throw Failure($"{name} sees “{fragment}”");
    }

    /// <summary>Demands that the fragment was never shown, not even in a message that has changed since.</summary>
    public void HasNeverSeen(string fragment)
    {
        if (Transcript.Split('\n').Any(line => line is not ['>' or '[' or '(', ..] && line.Contains(fragment, StringComparison.Ordinal))) throw Failure($"{name} has seen “{fragment}”");
    }

    /// <summary>The person's id in the network: of the member, if there is one.</summary>
    public Task<long> PersonIdAsync() => network.PersonIdAsync(address);

    private (SeenMessage Message, Button Button) Find(string label)
    {
        foreach (var message in Phone.Messages.Reverse())
        {
            var buttons = message.Buttons.Where(button => button.Token is not null).ToList();
            var fit = buttons.Find(button => button.Label == label)
                ?? buttons.Find(button => button.Label.StartsWith(label, StringComparison.Ordinal))
                ?? buttons.Find(button => button.Label.Contains(label, StringComparison.Ordinal));
            if (fit is not null) return (message, fit);
        }
        throw Failure($"{name} finds no button “{label}”");
    }

    private static bool Contains(SeenMessage message, string fragment) => message.ToString().Contains(fragment, StringComparison.Ordinal);

    private ExpectationException Failure(string what) => new($"{what}. The conversation so far:\n{Transcript}\n");
}

/// <summary>A scripted conversation went another way than the test expects; the message shows it whole.</summary>
public sealed class ExpectationException(string message) : Exception(message);
