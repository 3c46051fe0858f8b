using System.Globalization;
using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Broadcasts;

/// <summary>
/// Shows the author how an announcement goes: one message, edited in place. A channel that cannot edit gets it at the start, at
/// the half and at the end only.
/// </summary>
public sealed class Progress(DialogContent content, Outbox outbox, IEnumerable<ChannelAdapter> adapters, TimeProvider time)
{
    private const int BarLength = 10;

    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    private readonly HashSet<string> _editing = [.. adapters.Where(adapter => adapter.Features.CanEdit).Select(adapter => adapter.Channel)];

    /// <summary>Shows it if there is something new, and what has ended as ended.</summary>
    public async Task ShowAsync(UnitOfWork work, Broadcast broadcast, CancellationToken ct)
    {
        var tally = await Tally.OfAsync(work.Db, broadcast, ct);
        var hasEnded = tally.Waiting == 0;
        if (hasEnded) (broadcast.State, broadcast.Result, broadcast.EndedAt) = (BroadcastState.Ended, tally, time.GetUtcNow());
        if (await work.Db.ReachAsync(broadcast.AuthorId, ct) is not { } conversation) return;
        var shown = broadcast.Progress;
        var zone = (await work.Db.Members.FindAsync([broadcast.AuthorId], ct))?.Zone;
        if (hasEnded)
        {
            if (shown.MessageId > 0) outbox.Post(work, conversation.Id, new Message { Replaces = shown.MessageId, OnlyRemovesButtons = true }, Soon());
            outbox.Post(work, conversation.Id, Report(broadcast, conversation.Language, zone), Soon() with { Key = broadcast.Source + ":report" });
            return;
        }
        if (shown.MessageId > 0 && !IsWorthShowing(shown, tally, _editing.Contains(conversation.Channel))) return;
        var message = Now(broadcast, tally, conversation.Language, zone);
        var id = outbox.Post(work, conversation.Id, shown.MessageId > 0 ? message with { Replaces = shown.MessageId } : message, Soon());
        broadcast.Progress = new ShownProgress(shown.MessageId > 0 ? shown.MessageId : id ?? 0, time.GetUtcNow(), tally.Done);
    }

    /// <summary>How it goes at this moment, with the buttons to pause, resume and stop it.</summary>
    public Message Now(Broadcast broadcast, Tally tally, string language, string? zone)
    {
        var message = broadcast.State == BroadcastState.Paused ? "paused" : "going";
        return content.Compose(DeskNotes.Dialog, message, language, Values(broadcast, tally, language, zone), DeskNotes.Id(broadcast));
    }

    /// <summary>What became of it, with the buttons for what can still be done.</summary>
    public Message Report(Broadcast broadcast, string language, string? zone)
    {
        var (id, tally) = (DeskNotes.Id(broadcast), broadcast.Result);
        var idle = new List<string>();
        if (tally.Missed == 0) idle.Add("failures");
        if (!broadcast.AsksWhetherRead) idle.Add("readers");
        if (tally.Delivered == 0 || !Amend.CanAmend(broadcast)) idle.AddRange(["correct", "withdraw"]);
        var tokens = idle.Select(entry => DialogContent.EntryToken(DeskNotes.Dialog, entry, id)).ToHashSet();
        var message = content.Compose(DeskNotes.Dialog, "report", language, Values(broadcast, tally, language, zone), id);
        return message with { Buttons = [.. message.Buttons.Select(row => (IReadOnlyList<Button>)[.. row.Where(button => !tokens.Contains(button.Token!))]).Where(row => row.Count > 0)] };
    }

    public JsonObject Values(Broadcast broadcast, Tally tally, string language, string? zone)
    {
        var values = DeskNotes.Values(broadcast, language);
        var percent = tally.Total == 0 ? 100 : (int)(100L * tally.Done / tally.Total);
        values["bar"] = new string('▰', percent * BarLength / 100) + new string('▱', BarLength - (percent * BarLength / 100));
        values["percent"] = percent;
        values["delivered"] = tally.Delivered;
        values["waiting"] = tally.Waiting;
        values["failed"] = tally.Missed - tally.Unreachable;
        values["refused"] = tally.Failed;
        values["late"] = tally.Late;
        values["doubt"] = tally.InDoubt;
        values["unreachable"] = tally.Unreachable;
        values["cancelled"] = tally.Cancelled;
        values["total"] = tally.Total;
        values["withdrawn"] = broadcast.WithdrawnAt is null ? "no" : "yes";
        var rate = Rate(broadcast, tally);
        values["rate"] = rate > 0 ? rate.ToString("0", CultureInfo.InvariantCulture) : DeskNotes.None;
        values["left"] = rate > 0 ? (int)Math.Ceiling(tally.Waiting / rate) : 0;
        if (zone is not null) values["zone"] = zone;
        return values;
    }

    private static Posting Soon() => new() { Lane = Lane.Notice, Window = Window };

    private static bool IsWorthShowing(ShownProgress shown, Tally tally, bool canEdit) => canEdit
        ? tally.Done != shown.Done
        : shown.Done * 2 < tally.Total && tally.Done * 2 >= tally.Total;

    /// <summary>Messages a minute since it was shown last; 0 where that is not known.</summary>
    private double Rate(Broadcast broadcast, Tally tally)
    {
        var (from, done) = broadcast.Progress.MessageId > 0 ? (broadcast.Progress.At, broadcast.Progress.Done) : (broadcast.StartedAt ?? time.GetUtcNow(), 0);
        var minutes = (time.GetUtcNow() - from).TotalMinutes;
        return broadcast.State == BroadcastState.Sending && minutes > 0 && tally.Done > done ? (tally.Done - done) / minutes : 0;
    }
}
