using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Broadcasts;

/// <summary>
/// Asks all other coordinators who can be reached for their yes to an announcement that reaches many: each sees it as its readers
/// will, with their number. The first answer counts.
/// </summary>
public sealed class SecondYes(AnnouncementView view, DialogContent content, Outbox outbox, IEnumerable<ChannelAdapter> adapters, Rights rights)
{
    private readonly HashSet<string> _keepingButtons = [.. adapters.Where(adapter => adapter.Features.CanEdit).Select(adapter => adapter.Channel)];

    private static readonly Posting Soon = new() { Lane = Lane.Notice, Window = TimeSpan.FromHours(24) };

    /// <returns>How many were asked.</returns>
    public async Task<int> AskAsync(UnitOfWork work, Broadcast broadcast, IReadOnlyDictionary<string, int> readers, CancellationToken ct)
    {
        var asked = 0;
        var author = (await work.Db.Members.FindAsync([broadcast.AuthorId], ct))?.Name ?? DeskNotes.None;
        foreach (var id in await rights.CoordinatorsAsync(work.Db, ct))
        {
            if (id == broadcast.AuthorId || await work.Db.ReachAsync(id, ct) is not { } conversation) continue;
            var zone = (await work.Db.Members.FindAsync([id], ct))?.Zone;
            foreach (var preview in Previews(broadcast, readers, conversation.Language, conversation.Channel)) outbox.Post(work, conversation.Id, preview, Soon);
            outbox.Post(work, conversation.Id, content.Compose(DeskNotes.Dialog, "asked", conversation.Language, Values(conversation.Language, zone), DeskNotes.Id(broadcast)), Soon);
            asked++;
        }
        return asked;

        JsonObject Values(string language, string? zone)
        {
            var values = DeskNotes.Values(broadcast, language);
            values["author"] = author;
            values["total"] = readers.Values.Sum();
            if (zone is not null) values["zone"] = zone;
            return values;
        }
    }

    /// <summary>For each language that has readers: the message as they see it, under a line in the language of the one who checks it.</summary>
    /// <remarks>
    /// A channel that shows the buttons of its last message only is told their labels. Under a photo or document there may be no
    /// room for the line: it stands before.
    /// </remarks>
    public IEnumerable<Message> Previews(Broadcast broadcast, IReadOnlyDictionary<string, int> readers, string language, string channel)
    {
        foreach (var (read, count) in readers.Where(entry => entry.Value > 0))
        {
            var label = content.Text("announce", "seen-by", language, new JsonObject { ["language"] = read, ["count"] = count });
            var message = view.For(broadcast, read);
            if (message.Media is not null)
            {
                yield return new Message { Text = label };
                label = RichText.Empty;
            }
            var labels = string.Join(" · ", message.Buttons.SelectMany(row => row).Select(button => button.Label));
            yield return _keepingButtons.Contains(channel)
                ? message with { Text = RichText.Paragraphs(label, message.Text) }
                : new Message { Media = message.Media, Text = RichText.Paragraphs(label, message.Text, content.Text("announce", "seen-buttons", language, new JsonObject { ["labels"] = labels })) };
        }
    }
}
