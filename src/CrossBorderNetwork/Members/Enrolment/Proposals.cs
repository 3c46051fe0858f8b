using System.Globalization;
using System.Text;
using CrossBorderNetwork.Conversations;

namespace CrossBorderNetwork.Members;

/// <summary>Proposes the name that the person shows on the channel, to be taken with one press.</summary>
internal sealed class ProposeName : IDialogAction
{
    public string Name => "members.propose-name";

    public IReadOnlyList<string> Outcomes => ["proposed"];

    public bool ChangesSomething => false;

    public Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        // A name on a channel may hold anything: one that could not be typed here is not proposed.
        if (!context.Answers.Has("name") && context.Turn.Activity.SenderName?.Trim() is { Length: >= 2 and <= 40 } name && name.EnumerateRunes().All(IsPlain))
            context.Answers.Set("name", name.Normalize(NormalizationForm.FormC));
        return Task.FromResult("proposed");
    }

    private static bool IsPlain(Rune rune) => Rune.IsLetter(rune) || rune.Value is ' ' or '-' or '.' or '\'' || Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark;
}

/// <summary>Proposes the public handle on the channel as the contact that a partner gets.</summary>
internal sealed class ProposeContact : IDialogAction
{
    public string Name => "members.propose-contact";

    public IReadOnlyList<string> Outcomes => ["proposed"];

    public bool ChangesSomething => false;

    public Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (!context.Answers.Has("contact") && context.Turn.Activity.SenderHandle is { Length: >= 2 and <= 32 } handle && handle.All(sign => char.IsAsciiLetterOrDigit(sign) || sign == '_'))
            context.Answers.Set("contact", "@" + handle);
        return Task.FromResult("proposed");
    }
}

/// <summary>Whether the person can converse in both Lithuanian and Polish, and so could interpret between two others.</summary>
internal sealed class SpeaksBoth : IDialogAction
{
    public string Name => "members.speaks-both";

    public IReadOnlyList<string> Outcomes => ["both", "not"];

    public bool ChangesSomething => false;

    public Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var languages = context.Answers.Ratings("languages");
        if (Bridge.IsPossible(languages)) return Task.FromResult("both");
        context.Answers.Remove("bridge");
        return Task.FromResult("not");
    }
}

/// <summary>Finds organisations by what was typed, for questions called <c>organisation</c> and <c>workplace</c>.</summary>
internal sealed class FindOrganisation : IDialogAction
{
    private const int Shown = 6;
    private const int LongestLabel = 60;

    public string Name => "members.find-organisation";

    public IReadOnlyList<string> Outcomes => ["looked"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var municipality = context.Answers.Text("municipality");
        var found = await OrganisationRegister.FindAsync(context.Turn.Db, context.Answers.Text("query"), context.Answers.Text("side"), municipality, Shown, ct);
        var options = found.Select(organisation => new Option(organisation.Id.ToString(CultureInfo.InvariantCulture), Label(context, organisation, municipality))).ToList();
        context.Answers.Offer("organisation-found", options);
        context.Answers.Offer("workplace-found", options);
        return "looked";
    }

    /// <summary>Many kindergartens share a name: those elsewhere are told apart by their place.</summary>
    private static string Label(ActionContext context, Organisation organisation, string municipality)
    {
        var name = organisation.Name.Length > LongestLabel ? organisation.Name[..LongestLabel] + "…" : organisation.Name;
        return organisation.Municipality == municipality ? name : $"{name}, {context.Content.Label("municipalities", organisation.Municipality, context.Turn.Language)}";
    }
}
