using CrossBorderNetwork.TestKit.BotApi;

namespace CrossBorderNetwork.TestKit;

/// <summary>A person at their Telegram client. <paramref name="around"/> may let things happen before and after each deed.</summary>
public sealed class TelegramTalker(Words words, EmulatedUser user, Func<Action, Task>? around = null) : Talker(words)
{
    private readonly Func<Action, Task> _around = around ?? (deed =>
    {
        deed();
        return Task.CompletedTask;
    });

    private readonly List<(ScreenMessage Message, Button Button)> _seen = [];
    private bool _isPress;
    private int _read;

    public EmulatedUser User => user;

    public override string Screen => user.Screen;

    public override Task Types(string text) => Does(() => user.Says(text), isPress: false);

    public override Task Presses(string label) => Does(() => Press(label), isPress: true);

    public override Task PressesOld(string label)
    {
        var (message, button) = _seen.First(shown => shown.Button.Text.Contains(label, StringComparison.Ordinal));
        return Does(() => user.PressesData(message, button.Data!), isPress: true);
    }

    public override Task SendsFile() => Does(() => user.Sends(Attachment.Document), isPress: false);

    public override async Task<string> Sees(string fragment)
    {
        Remember();
        // A press changes the message that it stands under; what is written is answered below it.
        var message = await (_isPress ? user.SeesNew(fragment, Patience) : user.GetsMessage(fragment, Patience));
        Remember();
        _read = message.MessageId;
        return message.Text;
    }

    public override async Task SeesChosen(string label)
    {
        var started = TimeProvider.System.GetTimestamp();
        ScreenMessage? message;
        while ((message = user.Messages.LastOrDefault(shown => shown.Buttons.Any(row => row.Any(button => button.Text.Contains("✓ " + label, StringComparison.Ordinal))))) is null)
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience) throw new TimeoutException($"No button shows “{label}” as chosen:\n{user.Screen}");
            await Task.Delay(20);
        }
        Remember();
        _read = message.MessageId;
    }

    /// <summary>On the message that was read last, if the button is there: a server that died may have sent another one twice.</summary>
    private void Press(string label)
    {
        var read = user.Messages.FirstOrDefault(message => message.MessageId == _read);
        var buttons = read?.Buttons.SelectMany(row => row).Where(button => button.Data is not null).ToList() ?? [];
        if ((buttons.Find(button => button.Text == label) ?? buttons.Find(button => button.Text.Contains(label, StringComparison.Ordinal))) is { } found) user.PressesData(read!, found.Data!);
        else user.Presses(label);
    }

    private Task Does(Action deed, bool isPress)
    {
        _isPress = isPress;
        return _around(deed);
    }

    /// <summary>Keeps the buttons that are shown now: the next deed may take them away.</summary>
    private void Remember() => _seen.AddRange(
        from message in user.Messages
        from row in message.Buttons
        from button in row
        where button.Data is not null && _seen.TrueForAll(known => known.Button.Data != button.Data)
        select (message, button));
}
