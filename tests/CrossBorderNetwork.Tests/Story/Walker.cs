using System.Globalization;
using System.Text.Json.Nodes;
using CrossBorderNetwork.TestKit.BotApi;

namespace CrossBorderNetwork.Tests.Story;

/// <summary>Somebody who presses whatever is there and writes whatever can be written. The same seed does the same for the same screen.</summary>
internal sealed class Walker(BotApiEmulator api, EmulatedUser user, int seed)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string[] Commands =
    [
        "start", "menu", "help", "cancel", "language", "privacy", "consents", "mydata", "forget", "profile", "pause", "link", "enrol", "partners", "introductions",
        "events", "calls", "digest", "newevent", "newcall", "announce", "coordinators", "nosuchcommand", "", "START",
    ];

    private static readonly string[] Payloads = ["event-1", "call-1", "event-99999999999999999999", "invite-x", "event-", "-", "nothing", "code-ABCD1234"];

    private static readonly string[] Answers =
    [
        "Birštonas", "korycin", "Darželis „Saulutė“", "1", "2, 3", "0", "-5", "999999999999", "taip", "nie", "yes", "Done", "Atgal", "2027-05-05 17:00", "17:00",
        "ona@example.org", "+370 600 00000", "@vardas_pavarde", "https://example.org", ".", "ąčęėįšųūž ąćęłńóśźż", "lenkų 2, anglų 3",
    ];

    private static readonly string[] ForgedData =
    [
        "x", "..", "0.0.~done", "1.1.=lt", "7fffffff.7fffffff.~back", "1.2.~p999999999", "1.1.", ">events/show/1", ">introductions/accept/1", ">nothing/nothing/", ">announce/stop/1",
        "1.1.=", "1.1.+", "1.1.-", "ffffffff.ffffffff.=a", "'; DROP TABLE member; --",
    ];

    private static readonly Attachment[] Attachments = Enum.GetValues<Attachment>();

    private readonly Random _random = new(seed);
    private readonly List<(ScreenMessage Message, string Data)> _seen = [];
    private readonly List<ScreenMessage> _said = [];
    private string? _lastPress;
    private int _rawMessages;

    public EmulatedUser User => user;

    /// <summary>Somebody whose buttons this one tries to press.</summary>
    public Walker? Neighbour { get; set; }

    public async Task WalkAsync(int acts)
    {
        await HearAsync(user.Starts());
        for (var act = 0; act < acts; act++) await ActAsync();
        // Whatever state the walk ended in: the next word is answered.
        await HearAsync(user.Says("/help"));
    }

    private Task ActAsync() => _random.Next(100) switch
    {
        < 50 => PressVisibleAsync(),
        < 55 when _seen.Count > 0 => PressAsync(Pick(_seen)),
        < 58 when Newest is { } message => PressAsync((message, Pick(ForgedData))),
        < 61 when Newest is { } message && Neighbour?.Buttons() is { Count: > 0 } foreign => PressAsync((message, Pick(foreign).Data)),
        < 62 => HurryAsync(),
        < 72 => HearAsync(user.Says(Pick(Answers))),
        < 83 => HearAsync(user.Says(HostileTexts.Pick(_random))),
        < 90 => HearAsync(user.Says("/" + Pick(Commands) + (_random.Next(4) == 0 ? "@" + api.Options.BotUsername : ""))),
        < 92 => HearAsync(user.Starts(_random.Next(3) == 0 ? null : Pick(Payloads.Where(payload => payload.Length > 0).ToArray()))),
        < 95 => HearAsync(user.Sends(Pick(Attachments), _random.Next(2) == 0 ? HostileTexts.Pick(_random) : null)),
        < 97 => HearAsync(user.Forwards(HostileTexts.Pick(_random), user)),
        < 99 when _said.Count > 0 => EditAsync(),
        _ => SayTooMuchAsync(),
    };

    private ScreenMessage? Newest => user.Messages.LastOrDefault(message => message.FromBot);

    private List<(ScreenMessage Message, string Data)> Buttons() => [.. from message in user.Messages
                                                                        from row in message.Buttons
                                                                        from button in row
                                                                        where button.Data is not null
                                                                        select (message, button.Data)];

    private Task PressVisibleAsync()
    {
        var visible = Buttons();
        foreach (var button in visible.Where(button => _seen.TrueForAll(known => known.Data != button.Data))) _seen.Add(button);
        return visible.Count == 0 ? HearAsync(user.Says(Pick(Answers))) : PressAsync(Pick(visible));
    }

    private async Task PressAsync((ScreenMessage Message, string Data) button)
    {
        var isRepeat = button.Data == _lastPress;
        _lastPress = button.Data;
        var press = user.PressesData(button.Message, button.Data);
        await user.GetsAnswer(press, Patience);
        // The second half of a double click changes nothing: the first half did.
        if (isRepeat) return;
        try
        {
            await user.SeesNew("", Patience);
        }
        catch (TimeoutException) when (api.Truth.Requests.Any(request => request.ChatId == user.Id && request.At >= press.At && IsSameAgain(request)))
        {
            // The answer stood there already.
        }
    }

    /// <summary>Two wrong presses in a row are answered by the same sentence, which then stands there already.</summary>
    public static bool IsSameAgain(ApiRequest request) =>
        request.Method == "editMessageText" && request.Refusal?.Contains("message is not modified", StringComparison.Ordinal) == true;

    private async Task HearAsync(ScreenMessage said)
    {
        _lastPress = null;
        _said.Add(said);
        await user.GetsMessage(timeout: Patience);
    }

    /// <summary>Does not wait for any answer but the last.</summary>
    private async Task HurryAsync()
    {
        if (Buttons() is { Count: > 0 } visible)
        {
            var (message, data) = Pick(visible);
            user.PressesData(message, data);
            user.PressesData(message, data);
            (message, data) = Pick(visible);
            user.PressesData(message, data);
        }
        user.Says(Pick(Answers));
        await HearAsync(user.Says("/help"));
    }

    private async Task EditAsync()
    {
        _lastPress = null;
        user.Edits(Pick(_said), HostileTexts.Pick(_random));
        await user.GetsMessage(timeout: Patience);
    }

    /// <summary>More than Telegram lets a client send: another client library, or another limit one day.</summary>
    private async Task SayTooMuchAsync()
    {
        _lastPress = null;
        var before = user.Messages.Count(message => message.FromBot);
        var chat = new JsonObject { ["id"] = user.Id, ["type"] = "private", ["first_name"] = "x" };
        var from = new JsonObject { ["id"] = user.Id, ["is_bot"] = false, ["first_name"] = "x" };
        var message = new JsonObject
        {
            ["message_id"] = 1_000_000 + _rawMessages++, ["date"] = 1, ["chat"] = chat, ["from"] = from, ["text"] = HostileTexts.Long(_random, 10_000),
        };
        api.Deliver(new JsonObject { ["message"] = message }.ToJsonString());
        using var patience = new CancellationTokenSource(Patience);
        while (user.Messages.Count(seen => seen.FromBot) == before) await Task.Delay(100, patience.Token);
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"=== {user.Id}, seed {seed}\n{user.Transcript}");
}
