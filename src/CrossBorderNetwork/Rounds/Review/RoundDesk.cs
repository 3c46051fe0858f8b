using System.Globalization;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Rounds;

/// <summary>What the coordinators' actions share: the round that is reviewed, the right to change it, and how things are written.</summary>
internal static class RoundDesk
{
    /// <summary>The round that waits for a look.</summary>
    public static Task<Round?> MatchedAsync(NetworkDb db, CancellationToken ct) => db.Rounds.FirstOrDefaultAsync(round => round.State == RoundState.Matched, ct);

    /// <summary>Whether the person of this turn still coordinates; a denied attempt is noted.</summary>
    public static async Task<bool> MayAsync(this Rights rights, ActionContext context, CancellationToken ct)
    {
        if (await rights.CoordinatesAsync(context.Turn.Db, context.Turn.PersonId, ct) is not null) return true;
        rights.Note(context.Turn.Db, context.Turn.PersonId, "denied:round", null);
        return false;
    }

    public static string Number(double value, string language) => value.ToString("0.00", CultureInfo.GetCultureInfo(language));

    public static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);

    public static async Task<Dictionary<long, Member>> MembersAsync(NetworkDb db, IEnumerable<long> ids, CancellationToken ct)
    {
        var wanted = ids.Distinct().ToList();
        return await db.Members.AsNoTracking().Where(member => wanted.Contains(member.Id)).ToDictionaryAsync(member => member.Id, ct);
    }
}
