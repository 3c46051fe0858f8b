using System.Globalization;
using CrossBorderNetwork.Conversations;

namespace CrossBorderNetwork.Members;

/// <summary>Pauses a member until an instant, or ends the pause: no proposals, no digest, no announcements meanwhile.</summary>
public sealed class Pause(TimeProvider time)
{
    public void Until(Member member, DateTimeOffset? until)
    {
        member.PausedUntil = until;
        member.NextDigestAt = DigestClock.Next(member, time.GetUtcNow());
    }
}

/// <summary>Whether the member is on a break, as <see cref="LoadProfile"/> found.</summary>
internal sealed class IsPaused : IDialogAction
{
    public string Name => "members.is-paused";

    public IReadOnlyList<string> Outcomes => ["paused", "active"];

    public bool ChangesSomething => false;

    public Task<string> RunAsync(ActionContext context, CancellationToken ct) => Task.FromResult(context.Answers.Is("paused") ? "paused" : "active");
}

/// <summary>Pauses as the answer <c>length</c> says: two weeks, a month, until the end of summer, until a day, or no more (<c>with: length: none</c>).</summary>
internal sealed class PauseMember(Pause pause) : IDialogAction
{
    public string Name => "members.pause";

    public IReadOnlyList<string> Outcomes => ["paused", "resumed", "stranger"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (await context.Turn.Db.Members.FindAsync([context.Turn.PersonId], ct) is not { } member) return "stranger";
        var zone = TimeZoneInfo.FindSystemTimeZoneById(member.Zone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(context.Turn.Now, zone).DateTime);
        DateOnly? day = (context.With("length") is { Length: > 0 } given ? given : context.Answers.Text("length")) switch
        {
            "weeks" => today.AddDays(14),
            "month" => today.AddMonths(1),
            "summer" => EndOfSummer(today),
            "date" when DateOnly.TryParseExact(context.Answers.Text("until"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var typed) => typed,
            _ => null,
        };
        DateTimeOffset? until = day is { } first ? new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(first.ToDateTime(TimeOnly.MinValue), zone), TimeSpan.Zero) : null;
        if (until <= context.Turn.Now) until = null;
        pause.Until(member, until);
        if (until is null) return "resumed";
        context.Answers.Set("paused-until", until.Value);
        return "paused";
    }

    /// <summary>Preschools of both countries begin on the first of September.</summary>
    private static DateOnly EndOfSummer(DateOnly today)
    {
        var september = new DateOnly(today.Year, 9, 1);
        return today < september ? september : september.AddYears(1);
    }
}
