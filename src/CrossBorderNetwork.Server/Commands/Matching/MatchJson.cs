using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrossBorderNetwork.Matching.Ranking;
using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Server.Commands;

/// <summary>A candidate as one line of JSON: terms and reasons of the asker, and the same seen from the candidate.</summary>
internal static class MatchJson
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Ranked(Ranked ranked, Assessment assessment, long asker) => new JsonObject
    {
        ["id"] = ranked.Id,
        ["score"] = Math.Round(ranked.Value, 9),
        ["terms"] = Terms(assessment.For(asker)),
        ["reasons"] = Reasons(assessment.For(asker)),
        ["theirTerms"] = Terms(assessment.For(ranked.Id)),
        ["theirReasons"] = Reasons(assessment.For(ranked.Id)),
    }.ToJsonString(Plain);

    private static JsonObject Terms(Viewpoint viewpoint)
    {
        var terms = new JsonObject { ["utility"] = Math.Round(viewpoint.Utility, 9), ["quality"] = Math.Round(viewpoint.Quality, 9) };
        foreach (var term in viewpoint.Terms)
            terms[JsonNamingPolicy.CamelCase.ConvertName(term.Name)] = new JsonObject { ["value"] = Math.Round(term.Value, 9), ["weight"] = term.Weight };
        return terms;
    }

    private static JsonArray Reasons(Viewpoint viewpoint) => [.. viewpoint.Reasons.Select(reason => (JsonNode)Reason(reason))];

    private static JsonObject Reason(Reason reason)
    {
        var said = new JsonObject { ["kind"] = JsonNamingPolicy.CamelCase.ConvertName(reason.GetType().Name) };
        switch (reason)
        {
            case SharedTopics topics: said["topics"] = Keys(topics.Topics); break;
            case TheyKnowYouSeek topics: said["topics"] = Keys(topics.Topics); break;
            case YouKnowTheySeek topics: said["topics"] = Keys(topics.Topics); break;
            case TheyOfferYouSeek forms: said["forms"] = Keys(forms.Forms); break;
            case YouOfferTheySeek forms: said["forms"] = Keys(forms.Forms); break;
            case SharedLanguage shared: (said["language"], said["level"]) = (shared.Language, shared.Level.ToString()); break;
            case Near near: said["km"] = near.Km; break;
            case BothAre both: said["role"] = both.Role; break;
        }
        said["strength"] = Math.Round(reason.Strength, 9);
        return said;
    }

    private static JsonArray Keys(IReadOnlyList<string> keys) => [.. keys.Select(key => (JsonNode)key)];
}
