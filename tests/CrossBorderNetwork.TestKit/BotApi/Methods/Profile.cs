using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrossBorderNetwork.TestKit.BotApi.Methods;

/// <summary>What people read about the bot before they talk to it: names, descriptions, commands, the menu button.</summary>
internal static class Profile
{
    private const int MostCommands = 100;
    private const int LongestCommand = 32;
    private const int LongestDescription = 256;

    public static ApiMethod Setter(string field, int longest) => (world, call) =>
    {
        var text = call.Text(field) ?? "";
        if (FormattedText.CodePoints(text) > longest)
            throw ApiError.BadRequest($"bot {field.Replace('_', ' ')} is too long");
        var key = $"{field}|{Language(call)}";
        if (text.Length == 0)
            world.Profile.Remove(key);
        else
            world.Profile[key] = JsonValue.Create(text);
        return JsonValue.Create(true);
    };

    public static ApiMethod Getter(string field) => (world, call) =>
    {
        var fallback = field == "name" ? world.Options.BotName : "";
        var text = world.Profile.GetValueOrDefault($"{field}|{Language(call)}") ?? world.Profile.GetValueOrDefault($"{field}|");
        return new JsonObject { [field] = text?.DeepClone() ?? JsonValue.Create(fallback) };
    };

    public static JsonNode SetMyCommands(World world, ApiCall call)
    {
        var commands = call.Element("commands")!.Value;
        if (commands.GetArrayLength() > MostCommands)
            throw ApiError.BadRequest("BOT_COMMANDS_TOO_MUCH");
        foreach (var command in commands.EnumerateArray())
            Check(command);
        world.Profile[Key(world, call)] = JsonNode.Parse(commands.GetRawText())!;
        return JsonValue.Create(true);
    }

    public static JsonNode GetMyCommands(World world, ApiCall call) =>
        world.Profile.GetValueOrDefault(Key(world, call)) ?? new JsonArray();

    public static JsonNode DeleteMyCommands(World world, ApiCall call)
    {
        world.Profile.Remove(Key(world, call));
        return JsonValue.Create(true);
    }

    /// <summary>
    /// The list that a person's client shows in a private chat: the most specific one wins, even when it lacks the
    /// language.
    /// </summary>
    public static JsonNode? CommandsFor(World world, long chatId, string language)
    {
        foreach (var scope in new[] { $"chat {chatId}", "all_private_chats", "default" })
        {
            var found = world.Profile.GetValueOrDefault($"commands|{scope}|{language}")
                ?? world.Profile.GetValueOrDefault($"commands|{scope}|");
            if (found is not null)
                return found;
        }
        return null;
    }

    public static JsonNode SetChatMenuButton(World world, ApiCall call)
    {
        var button = call.Element("menu_button") is { } given ? JsonNode.Parse(given.GetRawText())! : DefaultMenu();
        if (button["type"]?.GetValue<string>() is not ("default" or "commands" or "web_app"))
            throw ApiError.BadRequest("MenuButton has unsupported type");
        world.Profile[MenuKey(call)] = button;
        return JsonValue.Create(true);
    }

    public static JsonNode GetChatMenuButton(World world, ApiCall call) =>
        world.Profile.GetValueOrDefault(MenuKey(call)) ?? world.Profile.GetValueOrDefault("menu|") ?? DefaultMenu();

    private static JsonObject DefaultMenu() => new() { ["type"] = "default" };

    private static string MenuKey(ApiCall call) => $"menu|{call.Text("chat_id")}";

    private static void Check(JsonElement command)
    {
        var name = TextOf(command, "command").TrimStart('/');
        var description = TextOf(command, "description");
        if (name.Length == 0)
            throw ApiError.BadRequest("command must be non-empty");
        if (name.Length > LongestCommand)
            throw ApiError.BadRequest($"command length must not exceed {LongestCommand}");
        if (name.Any(letter => letter is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '_')))
            throw ApiError.BadRequest("BOT_COMMAND_INVALID");
        if (description.Length == 0)
            throw ApiError.BadRequest("command description must be non-empty");
        if (FormattedText.CodePoints(description) > LongestDescription)
            throw ApiError.BadRequest($"command description length must not exceed {LongestDescription}");
    }

    private static string TextOf(JsonElement command, string name) =>
        command.ValueKind == JsonValueKind.Object
        && command.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw ApiError.BadRequest($"can't parse BotCommand: Field \"{name}\" must be of type String");

    private static string Key(World world, ApiCall call) => $"commands|{Scope(world, call)}|{Language(call)}";

    private static string Scope(World world, ApiCall call)
    {
        if (call.Element("scope") is not { ValueKind: JsonValueKind.Object } scope)
            return "default";
        var kind = TextOf(scope, "type").ToLowerInvariant();
        if (kind is "default" or "all_private_chats" or "all_group_chats" or "all_chat_administrators")
            return kind;
        if (kind is not ("chat" or "chat_administrators" or "chat_member"))
            throw ApiError.BadRequest("can't parse BotCommandScope: Unsupported type specified");
        var chatId = scope.TryGetProperty("chat_id", out var id) && long.TryParse(id.ToString(), out var number) ? number : 0;
        if (world.Find(chatId) is null or { Started: false })
            throw ApiError.BadRequest("chat not found");
        return scope.TryGetProperty("user_id", out var user) ? $"{kind} {chatId} {user}" : $"{kind} {chatId}";
    }

    private static string Language(ApiCall call)
    {
        var language = call.Text("language_code") ?? "";
        return language.Length == 0 || (language.Length == 2 && language.All(char.IsAsciiLetterLower))
            ? language : throw ApiError.BadRequest("invalid language code specified");
    }
}
