using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Matching;

/// <summary>The words of the score, from the lists that coordinators edit.</summary>
public static class ContentVocabulary
{
    public static Vocabulary Of(DialogContent content)
    {
        return new Vocabulary(
            Keys("topics"),
            Keys("forms"),
            [.. content.Lists["forms"].Items.Where(form => form.Attributes.GetValueOrDefault("physical") == "true").Select(form => form.Key)],
            Keys("languages"),
            Keys("roles"));

        List<string> Keys(string list) => [.. content.Lists[list].Items.Select(item => item.Key)];
    }
}
