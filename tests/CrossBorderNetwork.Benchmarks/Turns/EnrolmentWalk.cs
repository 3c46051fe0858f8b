using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrossBorderNetwork.Benchmarks.Turns;

/// <summary>What one turn wrote, so that the baseline can write the same.</summary>
internal sealed record WrittenRows(string State, IReadOnlyList<string> Messages);

/// <summary>One deed of the enrolment as Telegram posts it, with what it wrote.</summary>
internal sealed record WalkStep(bool IsPress, string Template, WrittenRows Rows)
{
    public string Payload(long chat) => Template.Replace(EnrolmentWalk.Guide.ToString(CultureInfo.InvariantCulture), chat.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}

/// <summary>
/// The enrolment from /start to the summary, walked once through the real service by a guide. What the guide typed and pressed
/// is then repeated by others: with a clock that stands still, their buttons carry the same tokens.
/// </summary>
internal static class EnrolmentWalk
{
    public const long Guide = 7_000_000_000;

    /// <summary>What to type, or after a hash the beginning of the choice on the button to press.</summary>
    private static readonly string[] Script =
    [
        "/start", "#=en", "#=agree", "#=yes", "#=yes", "#=yes", "#~keep", "#=LT", "Alytus", "#=", "#=teacher", "Drugelis", "#~add",
        "#=lt:", "#=en:", "#~done", "#+", "#+", "#+", "#~done", "#+", "#~done", "#+", "#~done", "#~skip", "#~keep", "#=monday",
    ];

    public static async Task<IReadOnlyList<WalkStep>> RecordAsync(TurnHost host)
    {
        var steps = new List<WalkStep>();
        var shown = "{}";
        foreach (var deed in Script)
        {
            var template = deed.StartsWith('#') ? Press(shown, deed[1..]) : Text(deed);
            var before = host.LastOutboxId();
            await host.RunAsync(Guide, template);
            var rows = host.RowsSince(before, Guide);
            shown = rows.Messages.LastOrDefault(HasButtons) ?? shown;
            steps.Add(new WalkStep(deed.StartsWith('#'), template, rows));
        }
        return steps;
    }

    /// <summary>The last message of a turn may only take the buttons of an answered question away.</summary>
    private static bool HasButtons(string message) => JsonDocument.Parse(message).RootElement.GetProperty("b").GetArrayLength() > 0;

    private static string Text(string text) => new JsonObject
    {
        ["update_id"] = 100_000_001,
        ["message"] = new JsonObject { ["message_id"] = 1, ["from"] = Person(), ["chat"] = Chat(), ["date"] = 1_790_000_000, ["text"] = text },
    }.ToJsonString();

    private static string Press(string shown, string choice)
    {
        var message = JsonDocument.Parse(shown).RootElement;
        var rows = message.GetProperty("b").EnumerateArray().Select(row => row.EnumerateArray().ToList()).ToList();
        var token = rows.SelectMany(row => row).Select(button => button.GetProperty("t").GetString()!)
            .FirstOrDefault(token => token.Split('.', 3)[^1].StartsWith(choice, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"The enrolment has changed: no button for “{choice}” in {shown}");
        var keyboard = rows.Select(row => (JsonNode)new JsonArray([.. row.Select(button => (JsonNode)new JsonObject
        {
            ["text"] = button.GetProperty("l").GetString(), ["callback_data"] = button.GetProperty("t").GetString(),
        })]));
        return new JsonObject
        {
            ["update_id"] = 100_000_001,
            ["callback_query"] = new JsonObject
            {
                ["id"] = "4382000000000000001",
                ["from"] = Person(),
                ["message"] = new JsonObject
                {
                    ["message_id"] = 2,
                    ["from"] = new JsonObject { ["id"] = 4_200_000_001, ["is_bot"] = true, ["first_name"] = "Network", ["username"] = "network_bot" },
                    ["chat"] = Chat(), ["date"] = 1_790_000_000,
                    ["text"] = string.Concat(message.GetProperty("x").GetProperty("Runs").EnumerateArray().Select(run => run.GetProperty("t").GetString())),
                    ["reply_markup"] = new JsonObject { ["inline_keyboard"] = new JsonArray([.. keyboard]) },
                },
                ["chat_instance"] = "-3721508164839125046",
                ["data"] = token,
            },
        }.ToJsonString();
    }

    private static JsonObject Person() => new()
    {
        ["id"] = Guide, ["is_bot"] = false, ["first_name"] = "Ona", ["last_name"] = "Petraitytė", ["username"] = "ona_p", ["language_code"] = "lt",
    };

    private static JsonObject Chat() => new() { ["id"] = Guide, ["type"] = "private", ["first_name"] = "Ona", ["last_name"] = "Petraitytė", ["username"] = "ona_p" };
}
