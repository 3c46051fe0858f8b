using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Members;

/// <summary>The language of ours in which two members get on best: the one in which a ready sentence helps both.</summary>
public static class SharedLanguage
{
    /// <returns>A language, or null where they share none.</returns>
    public static string? Of(Member a, Member b) => Languages.All
        .Select(language => (Language: language, Level: Math.Min(Level(a, language), Level(b, language))))
        .Where(shared => shared.Level > 0)
        .OrderByDescending(shared => shared.Level)
        .Select(shared => shared.Language)
        .FirstOrDefault();

    private static int Level(Member member, string language) => member.Languages.GetValueOrDefault(language) switch { "works" => 2, "converses" => 1, _ => 0 };
}
