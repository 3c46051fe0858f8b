using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Matching;

/// <summary>Puts the reasons of a pair, which are keys, into sentences for one of the two.</summary>
public sealed class ReasonTexts(DialogContent content)
{
    /// <summary>One sentence a line, the strongest reason first; empty where nothing speaks for the pair.</summary>
    public string For(IEnumerable<Reason> reasons, string language) => string.Join('\n', reasons.Select(reason => "• " + Sentence(reason, language)));

    private string Sentence(Reason reason, string language) => reason switch
    {
        SharedTopics shared => Text("topics", new JsonObject { ["topics"] = Keys(shared.Topics) }, language),
        TheyOfferYouSeek theirs => Text("they-offer", new JsonObject { ["forms"] = Keys(theirs.Forms) }, language),
        YouOfferTheySeek mine => Text("you-offer", new JsonObject { ["forms"] = Keys(mine.Forms) }, language),
        SharedLanguage shared => Text("language", new JsonObject { ["language"] = shared.Language, ["level"] = shared.Level >= Level.C1 ? "works" : "converses" }, language),
        Near near => Text("near", new JsonObject { ["km"] = Math.Max(1, near.Km) }, language),
        BothAre same => Text("role", new JsonObject { ["role"] = same.Role }, language),
        _ => throw new InvalidOperationException($"There is no sentence for a reason of kind {reason.GetType().Name}."),
    };

    private string Text(string name, JsonObject values, string language) => content.Text("partners", "reason." + name, language, values).ToString();

    private static JsonArray Keys(IReadOnlyList<string> keys) => [.. keys.Select(key => (JsonNode)key)];
}
