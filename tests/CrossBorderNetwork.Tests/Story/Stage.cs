using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.TestKit.BotApi;

namespace CrossBorderNetwork.Tests.Story;

/// <summary>A Telegram with one bot, the bot's server as a process, and the people of the story.</summary>
internal sealed class Stage : IAsyncDisposable
{
    public const long CoordinatorId = 9001;

    private static readonly DialogContent Content = DialogContent.Load(TestFolders.Dialogs);

    private readonly List<TelegramTalker> _people = [];
    private Func<Action, Task>? _around;

    private Stage(BotApiEmulator api, ServerProcess server)
    {
        Api = api;
        Server = server;
    }

    public BotApiEmulator Api { get; }

    public ServerProcess Server { get; }

    /// <summary>How often the server was killed.</summary>
    public int Kills { get; private set; }

    /// <param name="webhook">Telegram calls the server, instead of being asked.</param>
    /// <param name="settings">More settings of the server.</param>
    public static async Task<Stage> SetAsync(bool webhook, params (string Name, string Value)[] settings)
    {
        // The story is about what is said, not about Telegram's pace; and a webhook that was away is tried again soon.
        var api = await BotApiEmulator.StartAsync(new BotApiOptions { Rates = null, WebhookRetryScale = 0.05 });
        try
        {
            return new Stage(api, await ServerProcess.StartAsync(
            [
                .. ServerProcess.BotOf(api, webhook),
                ("Network__Coordinators__0__Telegram", "9001"),
                ("Network__Coordinators__0__Country", "LT"),
                ("Schedules__digest", "* * * * * ?"),
                .. settings,
            ]));
        }
        catch
        {
            await api.DisposeAsync();
            throw;
        }
    }

    public TelegramTalker Person(long id, string firstName, string language)
    {
        var person = new TelegramTalker(new Words(Content, language), Api.User(id, firstName, language), deed => _around is null ? Plainly(deed) : _around(deed));
        _people.Add(person);
        return person;
    }

    /// <summary>
    /// From now on the server dies at every deed: before it by turns, so that nobody is there to hear it, and right behind it, in
    /// whatever it is doing then.
    /// </summary>
    public void KillAtEveryDeed() => _around = async deed =>
    {
        if (Kills++ % 2 == 0)
        {
            await Server.KillAsync();
            deed();
        }
        else
        {
            deed();
            await Server.KillAsync();
        }
        await Server.StartAsync();
    };

    /// <summary>
    /// Makes all digests due. The service has no other clock than the machine's, and a member's hour comes once a week: the test
    /// moves the hour instead, in the one column by which the job knows it.
    /// </summary>
    public Task LetDigestsBeDueAsync() => Server.SqlAsync(
        "UPDATE member SET next_digest_at = @now WHERE next_digest_at IS NOT NULL", ("@now", TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - 1000));

    /// <summary>Waits until every update is handled and every message that is due is sent.</summary>
    public async Task IsQuietAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (Api.PendingUpdates > 0 || (await Server.SqlAsync("SELECT 1 FROM inbox WHERE state = 0 UNION ALL SELECT 1 FROM outbox WHERE state = 1 OR (state = 0 AND due_at <= @now)",
            ("@now", TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()))).Count > 0)
            await Task.Delay(100, patience.Token);
    }

    /// <summary>What must hold after any story: nobody waits, nothing failed, nothing was refused, nothing leaked.</summary>
    public async Task CheckAsync(params IEnumerable<string> secrets)
    {
        Api.UnansweredPresses.ShouldBeEmpty();
        Api.Truth.Requests.Where(request => request.Refusal is { } refusal && !IsHarmless(request.Method, refusal)).Select(request => $"{request.Method}: {request.Refusal}").ShouldBeEmpty();
        (await Server.SqlAsync("SELECT reason FROM inbox WHERE state = 2")).ShouldBeEmpty();
        (await Server.SqlAsync("SELECT reason FROM outbox WHERE state = 3")).ShouldBeEmpty();
        var log = Server.Log;
        log.Split('\n').Where(line => line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal)).ShouldBeEmpty(log);
        foreach (var secret in secrets.Append(Api.Token).Append(Api.Token.Split(':')[1])) log.Contains(secret, StringComparison.Ordinal).ShouldBeFalse($"“{secret}” stands in the log.");
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Api.DisposeAsync();
    }

    /// <summary>The transcript of everybody, for a failed story.</summary>
    public string Transcripts => string.Join("\n\n", _people.Select(person => $"=== {person.User.Id} ({person.Words.Language})\n{person.User.Transcript}"));

    /// <summary>
    /// Normal on a network: an edit to what stands there already or of a message that is gone, the late answer to a press, the menu
    /// of a coordinator who has not written yet.
    /// </summary>
    private static bool IsHarmless(string method, string refusal) =>
        refusal.Contains("message is not modified", StringComparison.Ordinal)
        || refusal.Contains("message to edit not found", StringComparison.Ordinal)
        || refusal.Contains("query is too old", StringComparison.Ordinal)
        || (method.EndsWith("MyCommands", StringComparison.Ordinal) && refusal.Contains("chat not found", StringComparison.Ordinal));

    private static Task Plainly(Action deed)
    {
        deed();
        return Task.CompletedTask;
    }
}
