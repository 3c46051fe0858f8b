using System.Text.Json.Nodes;
using CrossBorderNetwork.TestKit;

namespace CrossBorderNetwork.Tests.Members;

/// <summary>Leads a person through the enrolment in one language, by what stands on the buttons.</summary>
internal sealed class Enrolling(TestNetwork network, ScriptedMember person, string language)
{
    public string Label(string key) => network.Content.Text("enrol", key, language, []).ToString();

    public Task Option(string step, string key) => person.Presses(Label($"{step}.options.{key}"));

    public Task Choose(string list, string key) => person.Presses(network.Content.Label(list, key, language));

    public Task Done() => person.Presses(Common("buttons.done").Split('(')[0]);

    public Task Skip() => person.Presses(Common("buttons.skip"));

    public Task Back() => person.Presses(Common("buttons.back"));

    /// <summary>To the question for the name, with every consent given or only membership.</summary>
    public async Task ToNameAsync(bool agreesToAll = true)
    {
        await person.Types("/start");
        await Option("language", language);
        await Option("consent-membership", "agree");
        foreach (var purpose in new[] { "found", "digest", "announcements" }) await Option("consent-" + purpose, agreesToAll ? "yes" : "no");
    }

    public async Task NameToRoleAsync(string name, string side, string town)
    {
        await person.Types(name);
        await Choose("sides", side);
        await person.Types(town);
    }

    public async Task WorkplaceAsync(string name)
    {
        await person.Types(name);
        await person.Presses(Common("buttons.add", name));
    }

    public async Task SpeaksAsync(params string[] languages)
    {
        // Two presses: converses.
        foreach (var spoken in languages.SelectMany(spoken => new[] { spoken, spoken })) await Choose("languages", spoken);
        await Done();
    }

    public async Task TopicsAsync(params string[] topics)
    {
        await person.Types(string.Join(", ", topics.Select(topic => network.Content.Label("topics", topic, language))));
        await Done();
    }

    /// <summary>From the start to the summary: a teacher of Birštonas or Puńsk who speaks both languages.</summary>
    public async Task ToReviewAsync(string name)
    {
        await ToNameAsync();
        await NameToRoleAsync(name, language == "pl" ? "PL" : "LT", language == "pl" ? "Punsk" : "birstonas");
        await Choose("roles", "teacher");
        await WorkplaceAsync("Saulutė");
        await SpeaksAsync("lt", "pl");
        await TopicsAsync("outdoor", "speech");
        await Choose("forms", "visit");
        await Done();
        await Choose("forms", "project");
        await Done();
        await Skip();
        await Option("bridge", "yes");
        await person.Types("someone@example.org");
        await Option("digest-time", "monday");
    }

    private string Common(string key, string name = "") => network.Content.Text("common", key, language, new JsonObject { ["count"] = 1, ["name"] = name }).ToString();
}
