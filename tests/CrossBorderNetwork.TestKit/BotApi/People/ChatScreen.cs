namespace CrossBorderNetwork.TestKit.BotApi;

/// <summary>A message as it stands on the screen now, with the pieces of its text that are bold.</summary>
public sealed record ScreenMessage(
    long ChatId, int MessageId, bool FromBot, string Text, IReadOnlyList<string> Bold, IReadOnlyList<IReadOnlyList<Button>> Buttons, DateTimeOffset At);

/// <summary>What one chat shows: read by people and by groups alike.</summary>
internal sealed class ChatScreen(World world, Chat chat)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public Chat Chat { get; } = chat;

    public IReadOnlyList<ScreenMessage> Messages
    {
        get
        {
            lock (world.Gate)
                return [.. Visible().Select(View)];
        }
    }

    public string Transcript
    {
        get
        {
            lock (world.Gate)
                return Chat.Transcript.ToString();
        }
    }

    public string Text
    {
        get
        {
            lock (world.Gate)
                return Draw();
        }
    }

    public ScreenMessage View(ChatMessage message) =>
        new(Chat.Id, message.Id, message.FromBot, message.Shown, message.Text?.Marked("bold") ?? [], message.Buttons, message.At);

    /// <summary>The newest visible message from the bot that shows the fragment.</summary>
    public Task<ScreenMessage> SeesAsync(string fragment, TimeSpan? patience, bool onlyNew) => WaitAsync(
        () => Find(fragment, onlyNew) is { } found ? View(found) : null,
        patience ?? Patience,
        $"no {(onlyNew ? "new message" : "message")} showed “{fragment}”");

    /// <summary>The text with which the bot answered the press; empty for a silent acknowledgement.</summary>
    public Task<string> NoticeAsync(Press press, TimeSpan? patience) =>
        WaitAsync(() => press.Answer, patience ?? Patience, $"the press of “{press.Data}” was not answered");

    /// <summary>Looks at the chat after each deed of the bot until something is found.</summary>
    private async Task<T> WaitAsync<T>(Func<T?> look, TimeSpan patience, string failure)
        where T : class
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            Task change;
            lock (world.Gate)
            {
                if (look() is { } found)
                    return found;
                change = Chat.NextChange();
            }
            var left = patience - TimeProvider.System.GetElapsedTime(started);
            try
            {
                await change.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            }
            catch (TimeoutException late)
            {
                throw new TimeoutException($"Within {patience.TotalSeconds:0.#} s {failure}. The screen shows:\n{Text}", late);
            }
        }
    }

    /// <summary>
    /// The newest visible message with such a button. Throws with the screen in the message when there is none.
    /// </summary>
    public (ChatMessage Message, Button Button) ButtonWith(string text)
    {
        foreach (var message in Visible().Reverse().Where(message => message.Keyboard.Inline is not null))
        {
            var buttons = message.Keyboard.Rows.SelectMany(row => row).ToList();
            var button = buttons.Find(button => button.Text == text)
                ?? buttons.Find(button => button.Text.Contains(text, StringComparison.Ordinal));
            if (button is not null)
                return (message, button);
        }
        throw new InvalidOperationException($"No visible button says “{text}”. The screen shows:\n{Draw()}");
    }

    public string Draw() => string.Join('\n', Visible().Select(Line));

    private static string Line(ChatMessage message) => BotApi.Transcript.Shown(
        message.FromBot ? "< " : "> ", message.Shown, message.Buttons);

    private IEnumerable<ChatMessage> Visible() => Chat.Messages.Where(message => !message.Deleted);

    private ChatMessage? Find(string fragment, bool onlyNew) => Visible().LastOrDefault(message =>
        message.FromBot
        && (!onlyNew || message.Change > Chat.ChangesAtLastDeed)
        && message.Shown.Contains(fragment, StringComparison.Ordinal));
}
