using System.Globalization;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Matching;
using CrossBorderNetwork.Members;

namespace CrossBorderNetwork.Rounds;

/// <summary>Leaves how the member takes part in the monthly round.</summary>
internal sealed class LoadParticipation : IDialogAction
{
    public string Name => "rounds.load-participation";

    public IReadOnlyList<string> Outcomes => ["loaded"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var (answers, now) = (context.Answers, context.Turn.Now);
        var member = (await context.Turn.Db.Members.FindAsync([context.Turn.PersonId], ct))!;
        answers.Remove("card");
        answers.Set("capacity", member.RoundCapacity.ToString(CultureInfo.InvariantCulture));
        answers.Set("found", member.MayBeFound ? "yes" : "no");
        answers.Set("translator", member.AcceptsTranslator ? "yes" : "no");
        answers.Set("seeks", member.Seeks);
        answers.Set("has-seeks", member.Seeks.Count > 0 ? "yes" : "no");
        answers.Set("aside", (await SetAsideOptions.OfAsync(context, ct)).Count);
        var isSnoozed = member.RoundsSnoozedUntil > now;
        answers.Set("snoozed", isSnoozed ? "yes" : "no");
        if (isSnoozed) answers.Set("snoozed-until", member.RoundsSnoozedUntil!.Value);
        return "loaded";
    }
}

/// <summary>
/// Saves one thing: <c>with: set:</c> is <c>capacity</c>, <c>translator</c>, <c>seeks</c>, <c>snooze</c> (the answer <c>until</c>) or
/// <c>no-snooze</c>.
/// </summary>
internal sealed class SaveParticipation : IDialogAction
{
    public string Name => "rounds.save-participation";

    public IReadOnlyList<string> Outcomes => ["saved"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var (answers, now) = (context.Answers, context.Turn.Now);
        var member = (await context.Turn.Db.Members.FindAsync([context.Turn.PersonId], ct))!;
        switch (context.With("set"))
        {
            case "capacity":
                member.RoundCapacity = (int)Math.Clamp(answers.Number("capacity") ?? 1, 0, Round.MostPartners);
                break;
            case "translator":
                member.AcceptsTranslator = answers.Is("translator");
                member.TranslatorAskedAt = now;
                break;
            case "seeks":
                member.Seeks = [.. answers.Many("seeks")];
                break;
            case "snooze" when DateOnly.TryParseExact(answers.Text("until"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day):
                var zone = TimeZoneInfo.FindSystemTimeZoneById(member.Zone);
                member.RoundsSnoozedUntil = new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(TimeOnly.MinValue), zone), TimeSpan.Zero);
                break;
            case "no-snooze":
                member.RoundsSnoozedUntil = null;
                break;
        }
        return "saved";
    }
}

/// <summary>The answer to the translator question of a round: <c>with: { accepts: yes }</c> or <c>no</c>.</summary>
internal sealed class AnswerTranslator : IDialogAction
{
    public string Name => "rounds.answer-translator";

    public IReadOnlyList<string> Outcomes => ["noted"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var member = (await context.Turn.Db.Members.FindAsync([context.Turn.PersonId], ct))!;
        member.AcceptsTranslator = context.With("accepts") == "yes";
        return "noted";
    }
}
