using System.Globalization;
using System.Text.Json.Nodes;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Matching.Rounds;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Rounds;

/// <summary>What people are told of a round beside their introduction: the coordinators, those left out, those who never answer.</summary>
internal sealed class RoundNotices(Notify notify, Rights rights)
{
    internal const string Dialog = "round";

    private const string MembersDialog = "participation";

    /// <summary>Tells every coordinator: <c>ready</c>, <c>waiting</c> or <c>sent</c>.</summary>
    public async Task CoordinatorsAsync(UnitOfWork work, Round round, string message, CancellationToken ct)
    {
        foreach (var coordinator in await rights.CoordinatorsAsync(work.Db, ct))
            await notify.MemberAsync(work, coordinator, Dialog, message, _ => new JsonObject { ["month"] = round.Month }, "", About(round, message, coordinator), ct);
    }

    /// <summary>Tells a member that the round has nobody, and why; or asks, where only a translator could help.</summary>
    public Task<bool> LeftOutAsync(UnitOfWork work, Round round, RoundSeat seat, bool asksForTranslator, CancellationToken ct)
    {
        var message = asksForTranslator ? "translator" : "left-out";
        var why = seat.LeftOut == LeftOutReason.NobodyFree ? "taken" : "language";
        return notify.MemberAsync(work, seat.MemberId, MembersDialog, message, _ => new JsonObject { ["why"] = why }, "", About(round, message, seat.MemberId), ct);
    }

    /// <summary>Asks a member who has not answered for several rounds whether to pause.</summary>
    public Task<bool> SilentAsync(UnitOfWork work, Round round, long memberId, CancellationToken ct) =>
        notify.MemberAsync(work, memberId, MembersDialog, "silent", _ => [], "", About(round, "silent", memberId), ct);

    private static Posting About(Round round, string message, long personId) => new()
    {
        Lane = Lane.Notice,
        Window = TimeSpan.FromHours(48),
        Key = string.Create(CultureInfo.InvariantCulture, $"round:{round.Id}:{message}:{personId}"),
    };
}
