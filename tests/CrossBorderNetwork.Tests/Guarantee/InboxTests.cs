using System.Globalization;
using System.Net;
using System.Text;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.TestKit.BotApi;
using CrossBorderNetwork.Tests.Channels.Telegram;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Guarantee;

/// <summary>What comes too fast, too much, or kills the process.</summary>
public sealed class InboxTests
{
    private static readonly Dictionary<string, string?> Strict = new() { ["Inbox:PersonBurst"] = "5", ["Inbox:PersonPerSecond"] = "1" };

    [Theory]
    [InlineData("lt", "Iš karto atėjo per daug žinučių")]
    [InlineData("pl", "Naraz przyszło zbyt wiele wiadomości")]
    [InlineData("en", "Too much came at once")]
    public async Task Whoever_floods_is_told_so_once_a_minute_and_holds_nobody_up(string language, string notice)
    {
        await using var network = await TestNetwork.StartAsync(new TestNetworkOptions { Settings = Strict });
        var (ona, jan) = (network.Person("Ona", language), network.Person("Jan"));
        await ona.Types("/start");

        await network.AcceptAsync([.. Enumerable.Repeat(0, 12).Select(_ => ona.Activity(ActivityKind.Message) with { Text = "/help" })]);
        await jan.Types("/start");

        Said(network, ona, notice).ShouldBe(1);
        await using (var db = network.Read())
        {
            var parked = await db.Set<InboxEntry>().Where(entry => entry.State == InboxState.Parked).ToListAsync(TestContext.Current.CancellationToken);
            parked.Count.ShouldBe(8);
            parked.ShouldAllBe(entry => entry.Reason == "Flood" && entry.Payload == null);
        }
        jan.Screen.ShouldNotBeEmpty();

        await network.AdvanceAsync(TimeSpan.FromSeconds(20));
        await ona.Types("/help");
        await network.AcceptAsync([.. Enumerable.Repeat(0, 12).Select(_ => ona.Activity(ActivityKind.Message) with { Text = "/help" })]);
        await network.SettleAsync();
        Said(network, ona, notice).ShouldBe(1);
        await network.AdvanceAsync(TimeSpan.FromSeconds(45));
        await network.AcceptAsync([.. Enumerable.Repeat(0, 12).Select(_ => ona.Activity(ActivityKind.Message) with { Text = "/help" })]);
        await network.SettleAsync();
        Said(network, ona, notice).ShouldBe(2);
    }

    [Fact]
    public async Task What_finds_no_room_stays_with_Telegram_and_is_handled_when_there_is()
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (port, begun) = (FreePort(), 0);
        await using var api = await BotApiEmulator.StartAsync(new BotApiOptions { Rates = null, WebhookRetryScale = 0.05 });
        await using var host = await TelegramHost.StartAsync(
            api,
            async (context, ct) =>
            {
                // Handled at once none would wait.
                if (++begun == 1) throw new InvalidDataException();
                await turn.Task;
                await TelegramHost.Echo(context, ct);
            },
            webhookPort: port,
            settings: new Dictionary<string, string?> { ["Inbox:MostWaiting"] = "1" });
        var ona = api.User(1001, "Ona", "lt");
        for (var number = 1; number <= 5; number++) ona.Says($"Number {number}");
        await TelegramHost.UntilAsync(async () => await host.InboxAsync(InboxState.Pending) == 1);

        using var answer = await PostAsync(port, 99);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
        (await host.InboxAsync(InboxState.Pending)).ShouldBe(1);
        turn.SetResult();
        await ona.Sees("Message: Number 5");
        api.Truth.Duplicates.ShouldBe(0);
        api.Truth.MessagesIn(1001).Select(message => message.Text).ShouldBe([.. Enumerable.Range(1, 5).Select(number => $"Message: Number {number}")]);
    }

    [Fact]
    public async Task An_update_that_kills_the_process_is_begun_three_times_and_an_innocent_one_beside_it_is_handled()
    {
        await using var api = await BotApiEmulator.StartAsync(new BotApiOptions { Rates = null });
        var (ona, jan) = (api.User(1001, "Ona", "lt", started: true), api.User(1002, "Jan", "pl", started: true));
        using var mortal = new MortalServer(api);
        await using (var first = await mortal.StartAsync())
        {
            await using var work = await first.Database.BeginAsync(CancellationToken.None);
            foreach (var (id, words) in new[] { (1001, MortalServer.Poison), (1002, "Innocent") }) work.Execute(StorePending, Payload(id, id, words), id.ToString(CultureInfo.InvariantCulture));
            await work.CommitAsync(CancellationToken.None);
        }
        for (var run = 1; run <= 3; run++) await mortal.DieAsync();

        await using var last = await mortal.StartAsync();
        await jan.Sees("Message: Innocent");
        ona.Says("And now?");
        await ona.Sees("Message: And now?");

        mortal.Begun.ShouldBe(3);
        await using var db = last.Database.Read();
        (await db.Set<InboxEntry>().SingleAsync(entry => entry.ExternalId == "1002", TestContext.Current.CancellationToken)).State.ShouldBe(InboxState.Done);
        var parked = await db.Set<InboxEntry>().SingleAsync(entry => entry.State == InboxState.Parked, TestContext.Current.CancellationToken);
        (parked.ExternalId, parked.Reason, parked.Payload).ShouldBe(("1001", "ProcessDied", null));
    }

    [Fact]
    public async Task An_update_that_kills_the_process_before_it_is_stored_is_begun_three_times()
    {
        await using var api = await BotApiEmulator.StartAsync(new BotApiOptions { Rates = null });
        var ona = api.User(1001, "Ona", "lt", started: true);
        using var mortal = new MortalServer(api);
        ona.Says(MortalServer.Poison);
        // At its first time nothing of it is stored; from then on each is counted before.
        foreach (var counted in new[] { 0, 2, 3 }) (await mortal.DieAsync()).ShouldBe(counted);

        await using var last = await mortal.StartAsync();
        ona.Says("And now?");
        await ona.Sees("Message: And now?");

        mortal.Begun.ShouldBe(3);
        (await last.InboxAsync(InboxState.Parked)).ShouldBe(1);
    }

    [Fact]
    public async Task A_stored_update_that_this_version_cannot_read_does_not_stop_the_start()
    {
        await using var scene = await DeliveryScene.StartAsync(new BotApiOptions { Rates = null });
        await using (var work = await scene.Host.Database.BeginAsync(CancellationToken.None))
        {
            foreach (var (id, payload) in new[] { ("7", "{"), ("8", """{"update_id":8}"""), ("9", """{"update_id":9,"message":{"chat":{"id":"x"}}}""") })
                work.Execute("INSERT INTO inbox (channel, external_id, payload, state, attempts, received_at) VALUES ('telegram', @1, @2, 0, 1, 0)", id, payload);
            await work.CommitAsync(CancellationToken.None);
        }

        await scene.RestartAsync();

        (await scene.Host.InboxAsync(InboxState.Parked)).ShouldBe(3);
        var ona = scene.Api.User(1001, "Ona", "lt");
        ona.Says("Labas");
        await ona.Sees("Message: Labas");
    }

    private const string StorePending = "INSERT INTO inbox (channel, external_id, payload, state, attempts, received_at) VALUES ('telegram', @2, @1, 0, 0, 0)";

    private static int Said(TestNetwork network, ScriptedMember person, string words) => network.Channel.Sent.Count(
        envelope => envelope.Address == person.Address && envelope.Message.Text.ToString().Contains(words, StringComparison.Ordinal));

    private static async Task<HttpResponseMessage> PostAsync(int port, int updateId)
    {
        using var http = new HttpClient();
        using var body = new StringContent(Payload(updateId, 1002, "x"), Encoding.UTF8, "application/json");
        body.Headers.Add("X-Telegram-Bot-Api-Secret-Token", TelegramHost.Secret);
        return await http.PostAsync(new Uri($"http://127.0.0.1:{port}/telegram/webhook"), body);
    }

    private static string Payload(int updateId, int person, string text) =>
        $$$"""{"update_id":{{{updateId}}},"message":{"message_id":1,"date":1,"chat":{"id":{{{person}}},"type":"private"},"from":{"id":{{{person}}},"is_bot":false,"first_name":"Jan"},"text":"{{{text}}}"}}""";

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A server that dies of one text, again and again on what it has left.</summary>
    private sealed class MortalServer(BotApiEmulator api) : IDisposable
    {
        public const string Poison = "Poison";

        private readonly SemaphoreSlim _isDying = new(0);
        private string _file = TelegramHost.NewFile();
        private TaskCompletionSource? _death;

        /// <summary>How often the text was begun to be handled.</summary>
        public int Begun { get; private set; }

        public Task<TelegramHost> StartAsync() => TelegramHost.StartAsync(api, OnTurnAsync, _file);

        /// <summary>The next run has the files as the death left them; what the dead one still writes is nobody's.</summary>
        /// <returns>How many attempts at the text are on disk; 0 where it is not.</returns>
        public async Task<int> DieAsync()
        {
            _death = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var host = await StartAsync();
            await _isDying.WaitAsync(TestContext.Current.CancellationToken);
            var copy = TelegramHost.NewFile();
            foreach (var suffix in new[] { "", "-wal", ".turn" })
            {
                if (File.Exists(_file + suffix)) File.Copy(_file + suffix, copy + suffix);
            }
            await using var db = host.Database.Read();
            var counted = await db.Set<InboxEntry>().Where(entry => entry.State == InboxState.Pending && entry.Payload!.Contains(Poison)).SumAsync(entry => entry.Attempts);
            _file = copy;
            var stopped = host.StopAsync();
            _death.SetException(new InvalidOperationException("The process died."));
            await stopped;
            await host.DisposeAsync();
            return counted;
        }

        public void Dispose() => _isDying.Dispose();

        private async Task OnTurnAsync(TurnContext context, CancellationToken ct)
        {
            if (context.Activity.Text == Poison)
            {
                if (!_death!.Task.IsCompleted)
                {
                    Begun++;
                    _isDying.Release();
                }
                await _death.Task;
            }
            await TelegramHost.Echo(context, ct);
        }
    }
}
