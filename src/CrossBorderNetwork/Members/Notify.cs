using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Members;

/// <summary>Tells a member something that was not asked for, in the member's own language, where the member was last.</summary>
public sealed class Notify(DialogContent content, Outbox outbox)
{
    /// <param name="work">The transaction of the deed that it tells of.</param>
    /// <param name="memberId">Who is told.</param>
    /// <param name="dialog">The dialog that owns the message.</param>
    /// <param name="message">Its name under <c>messages</c> there.</param>
    /// <param name="values">Values of its text by language.</param>
    /// <param name="id">What its buttons are about.</param>
    /// <param name="posting">When, how urgent, under which key.</param>
    /// <param name="ct">Cancels the look-ups.</param>
    /// <param name="file">A file that goes with it, by language.</param>
    /// <returns>False where the member cannot be reached, or was told before under the same key.</returns>
    public async Task<bool> MemberAsync(
        UnitOfWork work, long memberId, string dialog, string message, Func<string, JsonObject> values, string id, Posting posting, CancellationToken ct,
        Func<string, FileContent>? file = null)
    {
        if (await work.Db.ReachAsync(memberId, ct) is not { } conversation) return false;
        var zone = (await work.Db.Members.FindAsync([memberId], ct))?.Zone;
        var texts = values(conversation.Language);
        if (zone is not null && !texts.ContainsKey("zone")) texts["zone"] = zone;
        var composed = content.Compose(dialog, message, conversation.Language, texts, id) with { File = file?.Invoke(conversation.Language) };
        return outbox.Post(work, conversation.Id, composed, posting) is not null;
    }
}
