namespace CrossBorderNetwork.Cooperations;

/// <summary>When which question is asked: after a week, two weeks, a month and half a year. Pure.</summary>
internal static class FollowUpPlan
{
    /// <summary>Two questions in a row without an answer are enough.</summary>
    public const int MostUnanswered = 2;

    private static readonly (FollowUpMoment Moment, TimeSpan After)[] Moments =
    [
        (FollowUpMoment.Week, TimeSpan.FromDays(7)),
        (FollowUpMoment.TwoWeeks, TimeSpan.FromDays(14)),
        (FollowUpMoment.Month, TimeSpan.FromDays(30)),
        (FollowUpMoment.HalfYear, TimeSpan.FromDays(182)),
    ];

    /// <summary>After this nobody remembers: an introduction that became known too late is not asked about.</summary>
    private static readonly TimeSpan TooLate = TimeSpan.FromDays(365);

    public static DateTimeOffset? First(DateTimeOffset shownAt) => shownAt + Moments[0].After;

    /// <summary>The question that fits now: the latest whose time has come; null where it is too late for any.</summary>
    public static FollowUpMoment? Fitting(DateTimeOffset shownAt, DateTimeOffset now) =>
        now - shownAt < TooLate ? Moments.Where(m => shownAt + m.After <= now).Select(m => (FollowUpMoment?)m.Moment).LastOrDefault() : null;

    /// <summary>When the next question is due; null where none will come.</summary>
    public static DateTimeOffset? Next(FollowUp followUp, DateTimeOffset shownAt)
    {
        if (followUp.Answer == FollowUpAnswer.Over || followUp.Unanswered >= MostUnanswered) return null;
        var meetingIsToCome = followUp is { Unanswered: 0, Answer: FollowUpAnswer.Planned or FollowUpAnswer.NotYet };
        return Moments
            .Where(m => followUp.Asked is not { } asked || m.Moment > asked)
            .Where(m => m.Moment != FollowUpMoment.TwoWeeks || meetingIsToCome)
            .Select(m => (DateTimeOffset?)(shownAt + m.After))
            .FirstOrDefault();
    }

    /// <summary>The word of a moment in texts.</summary>
    public static string Word(FollowUpMoment moment) => moment switch
    {
        FollowUpMoment.Week => "week",
        FollowUpMoment.TwoWeeks => "two-weeks",
        FollowUpMoment.Month => "month",
        _ => "half-year",
    };
}
