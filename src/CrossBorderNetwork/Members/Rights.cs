using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrossBorderNetwork.Members;

/// <summary>Who may do what: read from the settings and the database at each use, so that a change counts at once.</summary>
public sealed partial class Rights(IOptionsMonitor<NetworkOptions> options, TimeProvider time, ILogger<Rights> log)
{
    /// <summary>The side that the person coordinates, or null.</summary>
    public async Task<string?> CoordinatesAsync(NetworkDb db, long personId, CancellationToken ct)
    {
        var appointed = await db.Coordinators.Where(c => c.PersonId == personId).Select(c => c.Side).FirstOrDefaultAsync(ct);
        if (appointed is not null) return appointed;
        if (options.CurrentValue.Coordinators.Count == 0) return null;
        var telegramIds = await db.Conversations.Where(c => c.PersonId == personId && c.Channel == "telegram").Select(c => c.SenderId).ToListAsync(ct);
        return options.CurrentValue.Coordinators
            .FirstOrDefault(named => telegramIds.Contains(named.Telegram.ToString(System.Globalization.CultureInfo.InvariantCulture)))?.Country;
    }

    /// <summary>All coordinators, as persons: those appointed, and those of the settings who have spoken to the bot.</summary>
    public async Task<IReadOnlyList<long>> CoordinatorsAsync(NetworkDb db, CancellationToken ct)
    {
        var named = options.CurrentValue.Coordinators.Select(c => c.Telegram.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToList();
        var ids = await db.Coordinators.Select(c => c.PersonId).ToListAsync(ct);
        ids.AddRange(await db.Conversations.Where(c => c.Channel == "telegram" && named.Contains(c.SenderId)).Select(c => c.PersonId).ToListAsync(ct));
        return [.. ids.Distinct().Order()];
    }

    /// <summary>Notes an act of a coordinator, or an attempt that was denied (<c>denied:…</c>).</summary>
    public void Note(NetworkDb db, long personId, string act, string? subject)
    {
        AuditTrail.Add(db, personId, act, subject, time.GetUtcNow());
        if (act.StartsWith("denied:", StringComparison.Ordinal)) LogDenied(personId, act);
    }

    [LoggerMessage(LogLevel.Warning, "Person {PersonId} was denied: {Act}")]
    private partial void LogDenied(long personId, string act);
}

/// <summary>Guard of dialogs for members: leaves side, zone and name for the texts.</summary>
internal sealed class RequireMember(TimeProvider time) : IDialogAction
{
    public string Name => "members.require-member";

    public IReadOnlyList<string> Outcomes => ["member", "stranger"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (await context.Turn.Db.Members.FindAsync([context.Turn.PersonId], ct) is not { } member) return "stranger";
        // Once a day is enough to know who is still there, and keeps a turn from writing the row each time.
        if (time.GetUtcNow() - member.LastActiveAt > TimeSpan.FromDays(1)) member.LastActiveAt = time.GetUtcNow();
        context.Answers.Set("me", member.Name);
        context.Answers.Set("my-side", member.Side);
        context.Answers.Set("zone", member.Zone);
        return "member";
    }
}

/// <summary>Guard of dialogs for coordinators; <c>with: act:</c> names what is attempted.</summary>
internal sealed class RequireCoordinator(Rights rights) : IDialogAction
{
    public string Name => "members.require-coordinator";

    public IReadOnlyList<string> Outcomes => ["coordinator", "denied"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var side = await rights.CoordinatesAsync(context.Turn.Db, context.Turn.PersonId, ct);
        if (side is null)
        {
            rights.Note(context.Turn.Db, context.Turn.PersonId, "denied:" + context.With("act"), null);
            return "denied";
        }
        context.Answers.Set("my-side", side);
        context.Answers.Set("zone", side == "PL" ? "Europe/Warsaw" : "Europe/Vilnius");
        return "coordinator";
    }
}
