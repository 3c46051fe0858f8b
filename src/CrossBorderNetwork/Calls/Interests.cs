using System.Globalization;
using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Texts;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Calls;

public enum InterestOutcome
{
    Shown,
    AlreadyShown,
    Withdrawn,
    WasNotShown,

    /// <summary>Closed, expired, or gone.</summary>
    Closed,
}

/// <summary>One who is interested, as the author sees it.</summary>
public sealed record InterestedMember(string Name, string? Organisation, string Contact, string? Line);

/// <summary>
/// Who is interested in which call. To show interest is to let the author see one's name and contact; to withdraw it takes both
/// from the author's list.
/// </summary>
public sealed class Interests(DialogContent content, Notify notify, TimeProvider time)
{
    /// <summary>Shows interest. The author is told, once per member.</summary>
    public async Task<InterestOutcome> ShowAsync(UnitOfWork work, long callId, long memberId, string? line, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (await work.Db.Calls.FindAsync([callId], ct) is not { } call || !call.IsOpenAt(now)) return InterestOutcome.Closed;
        if (await work.Db.Interests.AnyAsync(i => i.CallId == callId && i.MemberId == memberId, ct)) return InterestOutcome.AlreadyShown;
        work.Db.Interests.Add(new Interest { CallId = callId, MemberId = memberId, Line = line, At = now });
        await work.SaveAsync(ct);
        var id = callId.ToString(CultureInfo.InvariantCulture);
        await notify.MemberAsync(work, call.AuthorId, "calls", "interest", language => Named(call, language), id, new Posting
        {
            Lane = Lane.Notice, Window = TimeSpan.FromHours(24), Key = string.Create(CultureInfo.InvariantCulture, $"call:{callId}:interest:{memberId}"),
        }, ct);
        return InterestOutcome.Shown;
    }

    public static async Task<InterestOutcome> WithdrawAsync(UnitOfWork work, long callId, long memberId, CancellationToken ct)
    {
        if (await work.Db.Interests.FirstOrDefaultAsync(i => i.CallId == callId && i.MemberId == memberId, ct) is not { } interest) return InterestOutcome.WasNotShown;
        work.Db.Interests.Remove(interest);
        await work.SaveAsync(ct);
        return InterestOutcome.Withdrawn;
    }

    /// <summary>Those interested in a call, the first first. For its author only: the caller checks.</summary>
    public static Task<List<InterestedMember>> InAsync(NetworkDb db, long callId, CancellationToken ct) => (
        from interest in db.Interests
        join member in db.Members on interest.MemberId equals member.Id
        join organisation in db.Organisations on member.OrganisationId equals organisation.Id into organisations
        from organisation in organisations.DefaultIfEmpty()
        where interest.CallId == callId
        orderby interest.Id
        select new InterestedMember(member.Name, organisation == null ? null : organisation.Name, member.Contact, interest.Line)).ToListAsync(ct);

    /// <summary>What a notice says of a call: its title and last day.</summary>
    internal JsonObject Named(Call call, string language)
    {
        var values = new JsonObject();
        ReadTexts.For(language, call.Title, call.Description).Write(new Answers(values), content, language);
        return values;
    }
}
