using CrossBorderNetwork.Conversations;

namespace CrossBorderNetwork.Texts;

/// <summary>
/// Title and description as a dialog asked for them, language by language, under <c>title-lt</c>, <c>description-lt</c> and so on.
/// A description whose title was skipped does not count.
/// </summary>
internal sealed record WrittenTexts(LocalizedText Title, LocalizedText Description)
{
    /// <summary>Languages whose readers would get a text in another language.</summary>
    public IReadOnlyList<string> Missing => Description.IsEmpty ? Title.Missing : Description.Missing;

    public static WrittenTexts From(Answers answers)
    {
        var title = LocalizedText.From(language => answers.Text("title-" + language));
        return new WrittenTexts(title, LocalizedText.From(language => title.Present.Contains(language) ? answers.Text("description-" + language) : null));
    }
}

/// <summary>Title and description in the words that one reader gets.</summary>
internal sealed record ReadTexts(string Title, string Description, string UsedLanguage)
{
    /// <summary>Stands for a missing value, so that sentences can select by it.</summary>
    public const string None = "none";

    public static ReadTexts For(string language, LocalizedText title, LocalizedText description)
    {
        // Whoever reads in another language reads one language, not the title in one and the rest in another.
        var complete = description.IsEmpty ? title.Present : [.. title.Present.Intersect(description.Present)];
        var chosen = title.Present.Contains(language) || complete.Contains("en") || complete.Count == 0 ? title.For(language).UsedLanguage : complete[0];
        var (told, used) = description.For(chosen);
        return new ReadTexts(title.For(chosen).Text, told, chosen == language && told.Length > 0 ? used : chosen);
    }

    /// <summary>Leaves <c>title</c>, <c>description</c> and <c>note</c> for the sentences of a card.</summary>
    public void Write(Answers values, DialogContent content, string language)
    {
        values.Set("title", Title);
        values.Set("description", Description.Length == 0 ? None : Description);
        values.Set("note", content.LanguageNote(language, UsedLanguage));
    }

    /// <summary>A button's label: as much of the title as fits beside what stands before it.</summary>
    public string Label(string before = "")
    {
        const int fits = 40;
        var label = before + Title;
        return label.Length <= fits ? label : string.Concat(label.AsSpan(0, fits - 1).TrimEnd(), "…");
    }
}
