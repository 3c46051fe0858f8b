using System.Globalization;
using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Cooperations;

/// <summary>What one side of a cooperation is told of what the other said.</summary>
internal sealed class CooperationNotices(Notify notify)
{
    private const string Dialog = "cooperations";

    /// <summary>Tells the other of two that a cooperation was noted.</summary>
    public async Task BegunAsync(UnitOfWork work, Cooperation cooperation, long byId, long toId, CancellationToken ct)
    {
        if (await work.Db.Members.FindAsync([byId], ct) is not { } by) return;
        await TellAsync(work, toId, "begun", new JsonObject { ["name"] = by.Name }, cooperation.Id, $"cooperation:{Id(cooperation.Id)}:begun", ct);
    }

    /// <summary>Asks everybody on the other side to confirm an agreement; the first answer counts.</summary>
    public async Task AskToConfirmAsync(UnitOfWork work, CooperationStep agreement, string by, CancellationToken ct)
    {
        var others = await work.Db.CooperationMembers.Where(m => m.CooperationId == agreement.CooperationId && m.Side != agreement.SaidBySide).Select(m => m.MemberId).ToListAsync(ct);
        foreach (var other in others)
        {
            var values = AgreementValues(agreement);
            values["name"] = by;
            await TellAsync(work, other, "confirm", values, agreement.Id, $"agreement:{Id(agreement.Id)}", ct);
        }
    }

    /// <summary>Tells whoever noted an agreement what the other side says: <c>confirmed</c> or <c>rejected</c>.</summary>
    public async Task AnsweredAsync(UnitOfWork work, CooperationStep agreement, string by, CancellationToken ct)
    {
        if (agreement.SaidById is not { } toId) return;
        var message = agreement.State == StepState.Confirmed ? "confirmed" : "rejected";
        var values = AgreementValues(agreement);
        values["name"] = by;
        await TellAsync(work, toId, message, values, agreement.CooperationId, $"agreement:{Id(agreement.Id)}:{message}", ct);
    }

    /// <summary>What texts say of an agreement.</summary>
    public static JsonObject AgreementValues(CooperationStep agreement) => new()
    {
        ["day"] = agreement.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["party-lt"] = agreement.PartyLt ?? "",
        ["party-pl"] = agreement.PartyPl ?? "",
        ["link"] = agreement.Link ?? "none",
    };

    private Task<bool> TellAsync(UnitOfWork work, long memberId, string message, JsonObject values, long id, string key, CancellationToken ct) =>
        notify.MemberAsync(work, memberId, Dialog, message, _ => values, Id(id), new Posting
        {
            Lane = Lane.Notice, Window = TimeSpan.FromHours(24), Key = $"{key}:{Id(memberId)}",
        }, ct);

    private static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);
}
