using CrossBorderNetwork.Channels.WebChat;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Events;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CrossBorderNetwork.Tests.Channels.Compliance;

/// <summary>The whole network with the repository's dialogs and one channel, on a real web server and a real clock.</summary>
internal sealed class ChannelNetwork(ChannelRig rig) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly Lazy<DialogContent> Content = new(() => DialogContent.Load(TestFolders.Dialogs));

    private readonly string _folder = TestFolders.Create();
    private readonly List<ChannelPerson> _people = [];
    private TestDatabase? _database;
    private WebApplication? _app;

    public ChannelRig Rig => rig;

    public Uri Address { get; private set; } = null!;

    /// <summary>What is stored, beside the server.</summary>
    public TestDatabase Stored => _database!;

    public Database Database => App.Services.GetRequiredService<Database>();

    private WebApplication App => _app ?? throw new InvalidOperationException("The server is down.");

    public static async Task<ChannelNetwork> StartAsync(ChannelRig rig)
    {
        var network = new ChannelNetwork(rig);
        await network.StartServerAsync();
        return network;
    }

    public async Task<ChannelPerson> PersonAsync(string name)
    {
        var person = await rig.PersonAsync(this, name);
        _people.Add(person);
        return person;
    }

    /// <summary>A member who speaks the side's language and shares the topic of music with every other.</summary>
    public async Task<ChannelPerson> MemberAsync(string name, string side = "LT")
    {
        var person = await PersonAsync(name);
        await person.Types("/start");
        await using var work = await Database.BeginAsync(CancellationToken.None);
        var conversation = await work.Db.Conversations.SingleAsync(c => c.Address == person.Address);
        (conversation.Language, conversation.LanguageChosen, conversation.State) = (side == "LT" ? "lt" : "pl", true, null);
        AddMember(work, conversation.PersonId, name, side);
        await work.CommitAsync(CancellationToken.None);
        return person;
    }

    public async Task AppointAsync(ChannelPerson person, string side)
    {
        await using var work = await Database.BeginAsync(CancellationToken.None);
        var id = (await work.Db.Conversations.SingleAsync(c => c.Address == person.Address)).PersonId;
        work.Db.Coordinators.Add(new Coordinator { PersonId = id, Side = side, AppointedBy = id, At = Now });
        await work.CommitAsync(CancellationToken.None);
    }

    /// <summary>An event of next week, with people who are going but have no conversation.</summary>
    public async Task<long> EventAsync(string title, int participants = 0)
    {
        await using var work = await Database.BeginAsync(CancellationToken.None);
        var added = new NetworkEvent
        {
            Title = new LocalizedText([KeyValuePair.Create("lt", title)]), Description = LocalizedText.Empty, StartsAt = Now.AddDays(7), IsPublic = false, AuthorId = 0, PublishedAt = Now,
        };
        work.Db.Events.Add(added);
        await work.SaveAsync(CancellationToken.None);
        for (var id = 1; id <= participants; id++)
        {
            AddMember(work, 1_000_000 + id, Participant(id), "LT");
            work.Db.SignUps.Add(new SignUp { EventId = added.Id, MemberId = 1_000_000 + id, State = SignUpState.Going, Since = Now });
        }
        await work.CommitAsync(CancellationToken.None);
        return added.Id;
    }

    public static string Participant(int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Dalyvė Numeris{number:000}");

    /// <summary>Says something that nobody asked for, as a digest or a reminder does.</summary>
    public async Task TellAsync(ChannelPerson person, string text)
    {
        await using (var work = await Database.BeginAsync(CancellationToken.None))
        {
            var conversation = await work.Db.Conversations.SingleAsync(c => c.Address == person.Address);
            App.Services.GetRequiredService<Outbox>().Post(work, conversation.Id, new Message { Text = RichText.Plain(text) },
                new Posting { Lane = Lane.Notice, Window = TimeSpan.FromHours(1) });
            await work.CommitAsync(CancellationToken.None);
        }
        await SettleAsync();
    }

    public async Task<T> ReadAsync<T>(Func<NetworkDb, Task<T>> read)
    {
        await using var db = Database.Read();
        return await read(db);
    }

    /// <summary>Waits until every update is handled and every message is sent or given up.</summary>
    public async Task SettleAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var quiet = 0; quiet < 2;)
        {
            quiet = rig.IsHandedIn && await IsIdleAsync() ? quiet + 1 : 0;
            if (TimeProvider.System.GetElapsedTime(started) > Patience) throw new TimeoutException("The network did not settle.");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    public async Task RestartAsync()
    {
        await StopServerAsync();
        await StartServerAsync();
        foreach (var person in _people) await person.ReconnectAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in _people) person.Dispose();
        if (_app is not null) await StopServerAsync();
        await rig.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static void AddMember(UnitOfWork work, long id, string name, string side) => work.Db.Members.Add(new Member
    {
        Id = id, Name = name, Contact = Folding.Fold(name).Replace(' ', '.') + "@example.org", Side = side, Municipality = side == "LT" ? "LT06" : "2001011",
        Zone = side == "LT" ? "Europe/Vilnius" : "Europe/Warsaw", Role = "teacher", Languages = new() { ["lt"] = "works", ["pl"] = "works" }, Topics = ["music"],
        MayBeFound = true, JoinedAt = Now, LastActiveAt = Now,
    });

    private Task<bool> IsIdleAsync() => ReadAsync(async db =>
        !await db.Set<InboxEntry>().AnyAsync(entry => entry.State == InboxState.Pending)
        && !await db.Outbox.AnyAsync(entry => entry.State == OutboxState.Pending || entry.State == OutboxState.Sending));

    private async Task StartServerAsync()
    {
        var parts = new ModelParts([typeof(Inbox).Assembly, typeof(Member).Assembly, typeof(WebChatSetup).Assembly]);
        _database ??= await TestDatabase.CreateAsync(_folder, parts);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Delivery:MessagesPerSecond"] = "1000";
        builder.Configuration["Delivery:ChatBurst"] = "1000";
        builder.Configuration["Inbox:PersonBurst"] = "1000000";
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(_database.Options);
        builder.Services.AddSingleton(parts);
        builder.Services.AddSingleton<Database>();
        builder.Services.AddMessaging().AddConversations(Content.Value).AddNetwork();
        builder.Services.AddSingleton(new WebChatTexts(Content.Value.Texts["webchat"].ByLanguage.ToDictionary(
            language => language.Key, language => (IReadOnlyDictionary<string, string>)language.Value.ToDictionary(text => text.Key, text => text.Value.Source.Trim()))));
        rig.Add(builder, _folder);
        _app = builder.Build();
        rig.Map(_app);
        await _app.StartAsync();
        Address = new Uri(_app.Urls.First());
    }

    private async Task StopServerAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        Stored.Close();
        _app = null;
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
