using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Workbooks;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Cooperations;

/// <summary>Shows the funnel by the answer <c>view</c> as a picture, and leaves the same in words as <c>table</c>. For coordinators; each look is noted.</summary>
internal sealed class ShowFunnel(Rights rights) : IDialogAction
{
    public string Name => "cooperations.funnel";

    public IReadOnlyList<string> Outcomes => ["shown", "too-few"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var view = Enum.TryParse<FunnelView>(context.Answers.Text("view"), ignoreCase: true, out var chosen) ? chosen : FunnelView.Month;
        var period = FunnelFigures.YearUntil(context.Turn.Now);
        var figures = await FunnelFigures.ReadAsync(context.Turn.Db, view, period, ct);
        rights.Note(context.Turn.Db, context.Turn.PersonId, "funnel.show", view.ToString());
        if (figures.Total.Counts[0] is null) return "too-few";
        var words = new FunnelWords(context.Content, context.Turn.Language);
        var title = words.Title(view, period);
        var picture = FunnelPicture.Draw(words.Rows(figures), new PictureWords(title, words.Stages, words.Hidden));
        context.Turn.Send(new Message { Text = RichText.Plain(title), File = new FileContent(title + ".png", "image/png", picture) });
        context.Answers.Set("table", words.Table(figures));
        context.Answers.Set("left-out", figures.LeftOut);
        context.Answers.Set("missing", figures.IsAnythingMissing);
        context.Answers.Remove("view");
        return "shown";
    }
}

/// <summary>Sends the funnel by month, side, role and municipality as a workbook, with the same counts not shown as in the chat.</summary>
internal sealed class SendFunnelWorkbook(Rights rights) : IDialogAction
{
    public string Name => "cooperations.funnel-workbook";

    public IReadOnlyList<string> Outcomes => ["sent"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var words = new FunnelWords(context.Content, context.Turn.Language);
        var period = FunnelFigures.YearUntil(context.Turn.Now);
        var sheets = new List<Sheet>();
        foreach (var view in Enum.GetValues<FunnelView>())
        {
            var figures = await FunnelFigures.ReadAsync(context.Turn.Db, view, period, ct);
            sheets.Add(new Sheet(words.LabelOf(view), [words.LabelOf(view), .. words.Stages], [.. words.Rows(figures).Select(row => (IReadOnlyList<object?>)[row.Key, .. row.Counts.Select(words.Written)])]));
        }
        rights.Note(context.Turn.Db, context.Turn.PersonId, "funnel.workbook", null);
        context.Say(FunnelWords.Dialog, "workbook", [], Workbook.Of("funnel-" + period[^1], sheets));
        return "sent";
    }
}

/// <summary>Leaves the cooperations of which both sides consent to be told as <c>stories</c>.</summary>
internal sealed class ListStories(CooperationCard card) : IDialogAction
{
    private const int Most = 20;

    public string Name => "cooperations.stories";

    public IReadOnlyList<string> Outcomes => ["some", "none"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var (db, language) = (context.Turn.Db, context.Turn.Language);
        var members = db.CooperationMembers;
        var told = await db.Cooperations.AsNoTracking()
            .Where(c => members.Any(m => m.CooperationId == c.Id && m.Side == "LT" && m.MayBeTold == true)
                && members.Any(m => m.CooperationId == c.Id && m.Side == "PL" && m.MayBeTold == true)
                && !members.Any(m => m.CooperationId == c.Id && m.MayBeTold == false))
            .OrderByDescending(c => c.Id).Take(Most).ToListAsync(ct);
        var lines = new List<string>();
        foreach (var cooperation in told) lines.Add($"• {await card.StoryAsync(db, cooperation, language, ct)}");
        context.Answers.Set("stories", string.Join('\n', lines));
        return lines.Count > 0 ? "some" : "none";
    }
}
