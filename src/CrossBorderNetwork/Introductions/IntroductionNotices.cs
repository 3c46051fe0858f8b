using System.Globalization;
using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Introductions;

/// <summary>What the two are told of an introduction, each in the own language. Of the two, only <see cref="Contact"/> reads a contact.</summary>
internal sealed class IntroductionNotices(Notify notify, PartnerCards cards, DialogContent content)
{
    private const string Dialog = "introductions";

    /// <summary>Its messages offer the search for another partner.</summary>
    private const string SearchDialog = "partners";

    /// <summary>Puts the question to one of the two: who, why, and the asker's line.</summary>
    /// <param name="work">The transaction of the deed.</param>
    /// <param name="introduction">The introduction, saved.</param>
    /// <param name="memberId">Who is asked.</param>
    /// <param name="message"><c>asked</c>, <c>proposed</c>, <c>asked-again</c> or <c>reminder</c>.</param>
    /// <param name="ct">Cancels the look-ups.</param>
    public async Task<bool> AskAsync(UnitOfWork work, Introduction introduction, long memberId, string message, CancellationToken ct) =>
        await cards.ReadAsync(work.Db, memberId, introduction.OtherThan(memberId), ct) is { } card
        && await TellAsync(work, introduction, memberId, Dialog, message, language => Question(introduction, card, language), ct);

    /// <summary>The values of the question: the card with the asker's line.</summary>
    public JsonObject Question(Introduction introduction, PartnerCard card, string language)
    {
        var values = cards.Values(card, language);
        values["line"] = introduction.Line;
        values["has-line"] = introduction.Line is null ? "no" : "yes";
        values["line-language"] = introduction.LineLanguage;
        return values;
    }

    /// <summary>Tells one of the two that both said yes, with the contact of the other.</summary>
    public async Task AcceptedAsync(UnitOfWork work, Introduction introduction, long memberId, CancellationToken ct)
    {
        if (await work.Db.Members.FindAsync([memberId], ct) is not { } member) return;
        if (await work.Db.Members.FindAsync([introduction.OtherThan(memberId)], ct) is not { } other) return;
        await TellAsync(work, introduction, memberId, Dialog, "accepted", _ => Contact(introduction, member, other), ct);
    }

    /// <summary>The other's contact and a first message to copy, for an accepted introduction.</summary>
    public JsonObject Contact(Introduction introduction, Member member, Member other)
    {
        if (introduction.State != IntroductionState.Accepted) throw new InvalidOperationException("Contacts are shown only after both said yes.");
        var language = SharedLanguage.Of(member, other);
        return new JsonObject
        {
            ["name"] = other.Name,
            ["contact"] = other.Contact,
            ["municipality"] = other.Municipality,
            ["via-bridge"] = introduction.SharedLanguage is null ? "yes" : "no",
            ["first-language"] = language ?? "none",
            ["first"] = language is null ? "" : content.Text(Dialog, "first-message", language, new JsonObject { ["me"] = member.Name }).ToString(),
        };
    }

    /// <summary>Tells one of the two that it came to nothing: <c>declined</c> or <c>lapsed</c>. Never why.</summary>
    public async Task EndedAsync(UnitOfWork work, Introduction introduction, long memberId, string message, CancellationToken ct)
    {
        if (await work.Db.Members.FindAsync([introduction.OtherThan(memberId)], ct) is not { } other) return;
        // Where a round proposed the two, the round looks for somebody else by itself.
        var dialog = introduction.RoundId is null ? SearchDialog : Dialog;
        await TellAsync(work, introduction, memberId, dialog, message, _ => new JsonObject { ["name"] = other.Name }, ct);
    }

    /// <summary>Tells somebody concerned something that is the same in every language but for its text.</summary>
    public Task<bool> TellAsync(UnitOfWork work, Introduction introduction, long memberId, string message, JsonObject values, CancellationToken ct) =>
        TellAsync(work, introduction, memberId, Dialog, message, _ => values, ct);

    private Task<bool> TellAsync(
        UnitOfWork work, Introduction introduction, long memberId, string dialog, string message, Func<string, JsonObject> values, CancellationToken ct)
    {
        var id = introduction.Id.ToString(CultureInfo.InvariantCulture);
        return notify.MemberAsync(work, memberId, dialog, message, values, id, new Posting
        {
            Lane = Lane.Notice,
            Window = TimeSpan.FromHours(24),
            Key = $"introduction:{id}:{message}:{memberId.ToString(CultureInfo.InvariantCulture)}",
        }, ct);
    }
}
