using System.Text.Json.Nodes;
using CrossBorderNetwork.TestKit.BotApi.Methods;

namespace CrossBorderNetwork.TestKit.BotApi;

/// <summary>
/// A group chat. People speak in it by <c>user.Says(text, group)</c>; it can become a supergroup or put the bot out.
/// </summary>
public sealed class EmulatedGroup
{
    private readonly World world;
    private readonly string title;
    private readonly EmulatedUser[] members;

    internal EmulatedGroup(World world, long id, string title, EmulatedUser[] members)
    {
        if (id >= 0 || members.Length == 0)
            throw new ArgumentException("A group has a negative id and at least one person in it.", nameof(id));
        this.world = world;
        this.title = title;
        this.members = members;
        lock (world.Gate)
        {
            Screen = NewChat(id, "group");
            Tell("left", "member");
        }
    }

    public long Id => Screen.Chat.Id;

    /// <summary>What is visible in the group now.</summary>
    public string Text => Screen.Text;

    public string Transcript => Screen.Transcript;

    public IReadOnlyList<ScreenMessage> Messages => Screen.Messages;

    internal ChatScreen Screen { get; private set; }

    /// <summary>Telegram's silent upgrade: from now on calls with the old id are refused and name the new one.</summary>
    public void BecomesSupergroup(long newId)
    {
        lock (world.Gate)
        {
            var old = Screen.Chat;
            ServiceMessage(old, "migrate_to_chat_id", newId);
            old.MigratedTo = newId;
            Screen = NewChat(newId, "supergroup");
            ServiceMessage(Screen.Chat, "migrate_from_chat_id", old.Id);
        }
    }

    public void PutsBotOut()
    {
        lock (world.Gate)
        {
            Screen.Chat.BotShutOut = true;
            Tell("member", "kicked");
        }
    }

    /// <inheritdoc cref="EmulatedUser.Sees"/>
    public Task<ScreenMessage> Sees(string text, TimeSpan? timeout = null) =>
        Screen.SeesAsync(text, timeout, onlyNew: false);

    internal static JsonObject BotMembership(World world, Chat chat, JsonObject by, string old, string now) => new()
    {
        ["chat"] = chat.ToJson(),
        ["from"] = by,
        ["date"] = world.Now.ToUnixTimeSeconds(),
        ["old_chat_member"] = Account.Membership(old, world.Bot()),
        ["new_chat_member"] = Account.Membership(now, world.Bot()),
    };

    private ChatScreen NewChat(long id, string kind)
    {
        var chat = new Chat(id, kind, new JsonObject { ["id"] = id, ["type"] = kind, ["title"] = title }) { Started = true };
        foreach (var member in members)
            chat.Members[member.Id] = member.Account;
        world.Add(chat);
        return new ChatScreen(world, chat);
    }

    private void Tell(string old, string now) =>
        world.Updates.Add("my_chat_member", BotMembership(world, Screen.Chat, members[0].Account, old, now), $"member {Id}");

    private void ServiceMessage(Chat chat, string field, long other)
    {
        var message = new ChatMessage
        {
            FromBot = false, Author = members[0].Account, At = world.Now, MediaLabel = "group upgraded",
            Extra = new JsonObject { [field] = other },
        };
        chat.Add(message);
        world.Updates.Add("message", message.ToJson(chat), EmulatedUser.Lane(chat));
    }
}
