namespace CrossBorderNetwork.TestKit;

/// <summary>A person who joins the network in conversation, question by question, on whatever channel.</summary>
public sealed record NewMember
{
    private static readonly string[] Levels = ["understands", "converses", "works"];

    public required string Name { get; init; }

    public required string Side { get; init; }

    /// <summary>As typed.</summary>
    public required string Town { get; init; }

    public required string Role { get; init; }

    /// <summary>A name that is not in the register yet.</summary>
    public required string Organisation { get; init; }

    /// <summary>Levels, from 1, by language.</summary>
    public required IReadOnlyDictionary<string, int> Languages { get; init; }

    /// <summary>Keys of topics on the first page of the list.</summary>
    public required IReadOnlyList<string> Topics { get; init; }

    public IReadOnlyList<string> Offers { get; init; } = [];

    public IReadOnlyList<string> Seeks { get; init; } = [];

    public string? About { get; init; }

    public required string Contact { get; init; }

    /// <summary>Answers everything and saves.</summary>
    public async Task Enrols(Talker talker)
    {
        await ReachesTheName(talker);
        await talker.Types(Name, "enrol", "side.ask");
        await talker.Presses(talker.Words.Label("sides", Side), "enrol", "municipality.ask");
        await talker.Types(Town, "enrol", "role.ask");
        await TellsRole(talker);
        await ChoosesLanguages(talker);
        await ChoosesTopics(talker);
        await ChoosesForms(talker, "offers", Offers, "seeks.ask");
        await ChoosesForms(talker, "seeks", Seeks, "about.ask");
        await EndsWithContact(talker);
        await talker.Presses("enrol", "digest-time.options.monday");
        await talker.Sees("enrol", "review.ask");
        await talker.Sees(Name);
        await talker.Sees(Contact);
        await talker.Presses(talker.Words.Of("enrol", "review.options.save"), "enrol", "welcome");
    }

    /// <summary>Chooses the language and agrees to everything, up to the question for the name.</summary>
    public static async Task ReachesTheName(Talker talker)
    {
        await talker.Types("/start", "enrol", "language.ask");
        await AgreesToAll(talker);
    }

    public static async Task AgreesToAll(Talker talker)
    {
        var words = talker.Words;
        await talker.Presses(words.Of("enrol", "language.options." + words.Language), "enrol", "consent-membership.ask");
        await talker.Presses(words.Of("enrol", "consent-membership.options.agree"), "enrol", "consent-found.ask");
        await talker.Presses(words.Of("enrol", "consent-found.options.yes"), "enrol", "consent-digest.ask");
        await talker.Presses(words.Of("enrol", "consent-digest.options.yes"), "enrol", "consent-announcements.ask");
        await talker.Presses(words.Of("enrol", "consent-announcements.options.yes"), "enrol", "name.ask");
    }

    private async Task TellsRole(Talker talker)
    {
        await talker.Presses(talker.Words.Label("roles", Role), "enrol", "organisation.ask");
        await talker.Types(Organisation, "common", "none-found");
        await talker.Presses(talker.Words.Of("common", "buttons.add"), "enrol", "languages.ask");
    }

    private async Task ChoosesLanguages(Talker talker)
    {
        foreach (var (language, level) in Languages)
        {
            var label = talker.Words.Label("languages", language);
            foreach (var reached in Levels.Take(level))
            {
                await talker.Presses(label);
                // Whatever else comes, such as an earlier answer repeated after a crash: the next press counts from here.
                await talker.SeesChosen($"{label}: {talker.Words.Label("levels", reached)}");
            }
        }
        await talker.Presses(talker.Words.Of("common", "buttons.done"), "enrol", "topics.ask");
    }

    private async Task ChoosesTopics(Talker talker)
    {
        foreach (var topic in Topics) await talker.Ticks(talker.Words.Label("topics", topic));
        await talker.Presses(talker.Words.Of("common", "buttons.done"), "enrol", "offers.ask");
    }

    private static async Task ChoosesForms(Talker talker, string question, IReadOnlyList<string> forms, string next)
    {
        foreach (var form in forms) await talker.Ticks(talker.Words.Label("forms", form));
        await talker.Presses(talker.Words.Of("common", forms.Count > 0 ? "buttons.done" : "buttons.skip"), "enrol", next);
    }

    private async Task EndsWithContact(Talker talker)
    {
        var next = Languages.ContainsKey("lt") && Languages.ContainsKey("pl") ? "bridge.ask" : "contact.ask";
        if (About is null) await talker.Presses(talker.Words.Of("common", "buttons.skip"), "enrol", next);
        else await talker.Types(About, "enrol", next);
        if (next == "bridge.ask") await talker.Presses(talker.Words.Of("enrol", "bridge.options.yes"), "enrol", "contact.ask");
        await talker.Types(Contact, "enrol", "digest-time.ask");
    }
}
