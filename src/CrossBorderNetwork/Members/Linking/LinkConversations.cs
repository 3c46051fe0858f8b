using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Members;

/// <summary>What a typed code leads to.</summary>
internal abstract record LinkCheck
{
    public sealed record Unknown : LinkCheck;

    public sealed record TooMany : LinkCheck;

    /// <summary>The two conversations are one person's already.</summary>
    public sealed record Same : LinkCheck;

    /// <summary>A coordinator must make the code, not type it: a stranger's code must not bring a coordinator's rights.</summary>
    public sealed record MakeItHere : LinkCheck;

    /// <param name="CodeId">What <see cref="LinkConversations.JoinAsync"/> takes.</param>
    /// <param name="BothAreMembers">Then the membership of the conversation in which the code is typed goes.</param>
    public sealed record Found(long CodeId, bool BothAreMembers) : LinkCheck;
}

/// <summary>Joins two conversations, on one channel or two, into one person by a one-time code.</summary>
internal sealed class LinkConversations(DialogContent content, Outbox outbox, Erase erase, Rights rights)
{
    /// <summary>Without signs that look alike.</summary>
    private const string Signs = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    private const int Length = 8;
    private const int MaxAttempts = 5;
    private const string Move = "UPDATE conversation SET person_id = @2, revision = revision + 1 WHERE person_id = @1 AND id <> @3";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Makes a new code for this conversation's person; an earlier one no longer works.</summary>
    public static async Task<string> IssueAsync(TurnContext turn, CancellationToken ct)
    {
        await turn.Db.LinkCodes.Where(c => c.PersonId == turn.PersonId || c.ExpiresAt < turn.Now).ExecuteDeleteAsync(ct);
        var code = RandomNumberGenerator.GetString(Signs, Length);
        turn.Db.LinkCodes.Add(new LinkCode { PersonId = turn.PersonId, ConversationId = turn.Conversation.Id, Hash = Hash(code), ExpiresAt = turn.Now + Lifetime });
        return code[..4] + "-" + code[4..];
    }

    public async Task<LinkCheck> CheckAsync(TurnContext turn, string typed, CancellationToken ct)
    {
        var since = turn.Now - Lifetime;
        await turn.Db.LinkAttempts.Where(a => a.At < since).ExecuteDeleteAsync(ct);
        if (await turn.Db.LinkAttempts.CountAsync(a => a.PersonId == turn.PersonId, ct) >= MaxAttempts) return new LinkCheck.TooMany();
        var hash = Hash(new string([.. typed.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]));
        var code = await turn.Db.LinkCodes.FirstOrDefaultAsync(c => c.Hash == hash && c.ExpiresAt > turn.Now, ct);
        if (code is null)
        {
            turn.Db.LinkAttempts.Add(new LinkAttempt { PersonId = turn.PersonId, At = turn.Now });
            return new LinkCheck.Unknown();
        }
        if (code.PersonId == turn.PersonId) return new LinkCheck.Same();
        if (await rights.CoordinatesAsync(turn.Db, turn.PersonId, ct) is not null) return new LinkCheck.MakeItHere();
        return new LinkCheck.Found(code.Id, await turn.Db.Members.CountAsync(m => m.Id == turn.PersonId || m.Id == code.PersonId, ct) == 2);
    }

    /// <summary>
    /// Joins this conversation's person with the one who made the code: the member remains; of two members the one who made the
    /// code.
    /// </summary>
    /// <returns>False where the code is used or too old by now.</returns>
    public async Task<bool> JoinAsync(TurnContext turn, long codeId, CancellationToken ct)
    {
        var code = await turn.Db.LinkCodes.FirstOrDefaultAsync(c => c.Id == codeId && c.ExpiresAt > turn.Now, ct);
        if (code is null) return false;
        var (here, there) = (turn.PersonId, code.PersonId);
        var stays = !await turn.Db.Members.AnyAsync(m => m.Id == there, ct) && await turn.Db.Members.AnyAsync(m => m.Id == here, ct) ? here : there;
        var goes = stays == here ? there : here;
        turn.Db.LinkCodes.Remove(code);
        await erase.RowsAsync(turn.Work, goes, ct);
        turn.Work.Execute(Move, goes, stays, turn.Conversation.Id);
        turn.Conversation.PersonId = stays;
        await TellAsync(turn, code.ConversationId, ct);
        return true;
    }

    private async Task TellAsync(TurnContext turn, long conversationId, CancellationToken ct)
    {
        if (await turn.Db.Conversations.AsNoTracking().FirstOrDefaultAsync(c => c.Id == conversationId, ct) is not { } other) return;
        var message = content.Compose("link", "joined", other.Language, new JsonObject());
        outbox.Post(turn.Work, other.Id, message, new Posting { Lane = Lane.Notice, Window = TimeSpan.FromHours(24) });
    }

    private static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));
}
