using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CrossBorderNetwork.TestKit.BotApi.Methods;

/// <summary>Methods about the bot's connection and about what it may know of chats and files.</summary>
internal static partial class Account
{
    private static readonly string[] Inabilities =
        ["can_read_all_group_messages", "supports_inline_queries", "can_connect_to_business", "has_main_web_app"];

    private const int LargestDownload = 20 * 1024 * 1024;
    private const int LongestSecret = 256;
    private const int MostConnections = 100;

    public static JsonNode Accept(World world, ApiCall call) => JsonValue.Create(true);

    public static JsonNode GetMe(World world, ApiCall call)
    {
        var me = world.Bot();
        me["can_join_groups"] = true;
        foreach (var ability in Inabilities)
            me[ability] = false;
        return me;
    }

    public static void RememberAllowed(World world, ApiCall call)
    {
        if (call.Element("allowed_updates") is { ValueKind: JsonValueKind.Array } kinds)
            world.Updates.Allow([.. kinds.EnumerateArray().Select(kind => kind.ToString())]);
    }

    public static JsonNode SetWebhook(World world, ApiCall call)
    {
        var url = call.Text("url")!;
        if (url.Length == 0)
            return DeleteWebhook(world, call);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address)
            || !(address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback)))
            throw ApiError.BadRequest("bad webhook: An HTTPS URL must be provided for webhook");
        if (address.Scheme == "https" && address.Port is not (443 or 80 or 88 or 8443))
            throw ApiError.BadRequest("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443");
        var secret = call.Text("secret_token") is { Length: > 0 } given ? given : null;
        if (secret?.Length > LongestSecret)
            throw ApiError.BadRequest("secret token is too long");
        if (secret is not null && !SecretLetters().IsMatch(secret))
            throw ApiError.BadRequest("secret token contains unallowed characters");
        RememberAllowed(world, call);
        if (call.Flag("drop_pending_updates"))
            world.Updates.DropPending();
        world.Webhooks.Use(new Webhook(address, secret, (int)Math.Clamp(call.Long("max_connections") ?? 40, 1, MostConnections)));
        return JsonValue.Create(true);
    }

    public static JsonNode DeleteWebhook(World world, ApiCall call)
    {
        if (call.Flag("drop_pending_updates"))
            world.Updates.DropPending();
        world.Webhooks.Use(null);
        return JsonValue.Create(true);
    }

    public static JsonNode GetWebhookInfo(World world, ApiCall call)
    {
        var info = new JsonObject
        {
            ["url"] = "", ["has_custom_certificate"] = false, ["pending_update_count"] = world.Updates.PendingCount,
        };
        if (world.Webhooks.Current is { } sender)
        {
            info["url"] = sender.Webhook.Url.ToString();
            info["max_connections"] = sender.Webhook.MaxConnections;
            if (sender.LastError is { } error)
            {
                info["last_error_date"] = sender.LastErrorAt.ToUnixTimeSeconds();
                info["last_error_message"] = error;
            }
        }
        if (world.Updates.Allowed.Count > 0)
            info["allowed_updates"] = new JsonArray([.. world.Updates.Allowed.Select(kind => JsonValue.Create(kind))]);
        return info;
    }

    public static JsonNode GetChat(World world, ApiCall call)
    {
        var chat = world.ChatOf(call).ToJson();
        chat["accent_color_id"] = 0;
        chat["max_reaction_count"] = 11;
        chat["accepted_gift_types"] = new JsonObject
        {
            ["unlimited_gifts"] = true, ["limited_gifts"] = true, ["unique_gifts"] = true, ["premium_subscription"] = true,
            ["gifts_from_channels"] = true,
        };
        return chat;
    }

    public static JsonNode GetChatMember(World world, ApiCall call)
    {
        var chat = world.ChatOf(call);
        var userId = call.Long("user_id") ?? 0;
        if (userId == world.BotId)
            return Membership(chat.BotShutOut ? "kicked" : "member", world.Bot());
        if (chat.IsPrivate ? chat.Id != userId : !chat.Members.ContainsKey(userId))
            throw ApiError.BadRequest("member not found");
        return Membership("member", chat.Members[userId].DeepClone().AsObject());
    }

    public static JsonObject Membership(string status, JsonObject user)
    {
        var member = new JsonObject { ["status"] = status, ["user"] = user };
        if (status == "kicked")
            member["until_date"] = 0;
        return member;
    }

    public static JsonNode GetFile(World world, ApiCall call)
    {
        var file = world.FileById(call.Text("file_id")) ?? throw ApiError.BadRequest("invalid file_id");
        return file.Bytes.Length > LargestDownload
            ? throw ApiError.BadRequest("file is too big")
            : new JsonObject
            {
                ["file_id"] = file.Id, ["file_unique_id"] = "u" + file.Id,
                ["file_size"] = file.Bytes.Length, ["file_path"] = file.Path,
            };
    }

    [GeneratedRegex("^[A-Za-z0-9_-]+$")]
    private static partial Regex SecretLetters();
}
