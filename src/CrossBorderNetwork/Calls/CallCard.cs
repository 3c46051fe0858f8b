using System.Globalization;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Texts;

namespace CrossBorderNetwork.Calls;

/// <summary>What the sentences about a call stand on; the same for its card, its preview and its line in a digest.</summary>
internal static class CallCard
{
    public static void Write(Answers values, Call call, DialogContent content, string language)
    {
        ReadTexts.For(language, call.Title, call.Description).Write(values, content, language);
        values.Set("type", call.Type);
        values.Set("share", ReadTexts.None);
        // A day without an hour is the same day on both sides of the border.
        values.Set("last-day", call.LastDay.ToString("O", CultureInfo.InvariantCulture));
        SetAny("topics", call.Topics);
        SetAny("roles", call.Roles);
        SetAny("sides", call.Sides);

        void SetAny(string name, List<string> keys)
        {
            if (keys.Count > 0) values.Set(name, keys);
            else values.Set(name, ReadTexts.None);
        }
    }
}

/// <summary>How a call stands for one reader: whether it is open, and whether the reader has a part in it.</summary>
/// <param name="IsOpen">It can still be answered.</param>
/// <param name="Outcome">What came of it, once it is closed.</param>
/// <param name="Author">Name of the author, if there is one still.</param>
/// <param name="IsMine">The reader is the author.</param>
/// <param name="Interested">How many are interested.</param>
/// <param name="IsInterested">The reader is one of them.</param>
internal sealed record CallStanding(bool IsOpen, CallOutcome? Outcome, string? Author, bool IsMine, int Interested, bool IsInterested)
{
    public static CallStanding OfNew { get; } = new(true, null, null, false, 0, false);

    public void Write(Answers values)
    {
        values.Set("state", IsOpen ? "open" : Outcome switch { CallOutcome.PartnerFound => "partner-found", CallOutcome.NobodyFound => "nobody-found", _ => "expired" });
        values.Set("author", IsMine ? ReadTexts.None : Author ?? ReadTexts.None);
        values.Set("mine", IsMine);
        values.Set("interested", Interested);
        values.Set("is-interested", IsInterested);
    }

    /// <summary>What the reader can do now, as keys of the texts <c>deeds</c>.</summary>
    public IEnumerable<string> Deeds()
    {
        if (IsMine && Interested > 0) yield return "people";
        // An expired call can still be told what came of it.
        if (IsMine && Outcome is null or CallOutcome.Expired) yield return "close";
        if (IsInterested) yield return "withdraw";
        else if (!IsMine && IsOpen) yield return "interested";
        yield return "all";
    }
}
