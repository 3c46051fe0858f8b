using System.Collections.Frozen;
using System.Text.Json;

namespace CrossBorderNetwork.TestKit.BotApi;

/// <summary>One parameter of a Bot API method, as Telegram documents it.</summary>
public sealed record BotApiParameter(string Name, IReadOnlyList<string> Types, bool Required);

/// <summary>Telegram's own list of methods and parameters, so that bad calls are refused from data and not from memory.</summary>
public static class BotApiSpec
{
    /// <summary>Parameters of each method that the emulator answers, by method name in any letter case.</summary>
    public static FrozenDictionary<string, IReadOnlyList<BotApiParameter>> Methods { get; } = Load();

    internal static void Check(ApiCall call)
    {
        foreach (var parameter in Methods[call.Method])
        {
            if (!call.Has(parameter.Name))
            {
                if (parameter.Required)
                    throw ApiError.BadRequest(WhenMissing(call.Method, parameter.Name));
            }
            else if (!parameter.Types.Any(type => Fits(call, parameter.Name, type)))
            {
                throw ApiError.BadRequest($"can't parse {parameter.Name}");
            }
        }
    }

    private static string WhenMissing(string method, string parameter) => parameter switch
    {
        "chat_id" or "from_chat_id" => $"{parameter} is empty",
        "text" => "message text is empty",
        "message_id" => "message identifier is not specified",
        "document" => "there is no document in the request",
        "photo" => "there is no photo in the request",
        "callback_query_id" => ApiError.QueryTooOld,
        _ => $"parameter \"{parameter}\" is required by {method}",
    };

    private static bool Fits(ApiCall call, string name, string type) => type switch
    {
        "Integer" => call.TryLong(name, out _),
        "Boolean" => call.TryBool(name, out _),
        "String" => call.IsString(name),
        "InputFile" => call.HasFile(name),
        _ when type.StartsWith("Array of ", StringComparison.Ordinal) => call.IsJson(name, JsonValueKind.Array),
        _ => call.IsJson(name, JsonValueKind.Object),
    };

    private static FrozenDictionary<string, IReadOnlyList<BotApiParameter>> Load()
    {
        using var stream = typeof(BotApiSpec).Assembly.GetManifestResourceStream("botapi-methods.json")
            ?? throw new InvalidOperationException("The resource botapi-methods.json is not embedded in the test kit.");
        using var json = JsonDocument.Parse(stream);
        return json.RootElement.EnumerateObject().ToFrozenDictionary(
            method => method.Name,
            method => (IReadOnlyList<BotApiParameter>)[.. method.Value.EnumerateObject().Select(Parameter)],
            StringComparer.OrdinalIgnoreCase);
    }

    private static BotApiParameter Parameter(JsonProperty property)
    {
        var types = property.Value.GetString()!;
        return new BotApiParameter(property.Name, types.TrimEnd('!').Split('|'), types.EndsWith('!'));
    }
}
