using System.Globalization;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.TestKit;

/// <summary>Plays an example conversation of <c>dialogs/*/examples</c>; the lines are described in <c>dialogs/README.md</c>.</summary>
public sealed class ExampleScript
{
    private readonly TestNetwork _network;
    private readonly string _language;
    private readonly Dictionary<string, ScriptedMember> _people = [];
    private ScriptedMember? _speaker;

    private ExampleScript(TestNetwork network, string language)
    {
        _network = network;
        _language = language;
    }

    private ScriptedMember Speaker => _speaker ??= Person("Somebody", _language);

    /// <exception cref="ExpectationException">Names the line that went otherwise, and shows the conversation.</exception>
    public static async Task PlayAsync(TestNetwork network, string file)
    {
        var language = Languages.All.FirstOrDefault(language => file.EndsWith($".{language}.txt", StringComparison.Ordinal)) ?? "en";
        var script = new ExampleScript(network, language);
        var lines = await File.ReadAllLinesAsync(file);
        for (var i = 0; i < lines.Length; i++)
        {
            try
            {
                await script.PlayAsync(lines[i].Trim());
            }
            catch (Exception fault) when (fault is ExpectationException or FormatException or ArgumentException)
            {
                throw new ExpectationException($"{Path.GetFileName(file)}, line {i + 1}, “{lines[i]}”: {fault.Message}");
            }
        }
    }

    private Task PlayAsync(string line)
    {
        switch (line)
        {
            case "" or ['#', ..]:
                return Task.CompletedTask;
            case ['>', .. var typed]:
                return Speaker.Types(typed.Trim().Replace("\\n", "\n", StringComparison.Ordinal));
            case ['[', .. var label, ']']:
                return Speaker.Presses(label);
            case ['<', '!', .. var unseen]:
                Speaker.DoesNotSee(unseen.Trim());
                return Task.CompletedTask;
            case ['<', .. var seen]:
                Speaker.Sees(seen.Trim());
                return Task.CompletedTask;
            case "(photo)":
                return Speaker.Sends(ActivityKind.Unreadable);
            case ['@', .. var person]:
                var words = person.Trim().Split(' ');
                _speaker = Person(words[0], words.Length > 1 ? words[1] : _language);
                return Task.CompletedTask;
            case ['!', .. var setting]:
                return SetAsync(setting.Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries));
            default:
                throw new FormatException("a line begins with >, [, <, @, !, ( or #");
        }
    }

    private Task SetAsync(string[] words) => words switch
    {
        ["member", var name, var side, .. var more] => MemberAsync(name, side, more),
        ["coordinator", var name, var side] => CoordinatorAsync(name, side),
        ["later", [.. var number, 'd']] => _network.AdvanceAsync(TimeSpan.FromDays(int.Parse(number, CultureInfo.InvariantCulture))),
        ["later", [.. var number, 'h']] => _network.AdvanceAsync(TimeSpan.FromHours(int.Parse(number, CultureInfo.InvariantCulture))),
        ["later", [.. var number, 'm']] => _network.AdvanceAsync(TimeSpan.FromMinutes(int.Parse(number, CultureInfo.InvariantCulture))),
        ["job", var name] => _network.RunJobAsync(name),
        _ => throw new FormatException("known are: ! member <name> <side> [topics [languages]], ! coordinator <name> <side>, ! later 7d (or 36h, 5m), ! job <name>"),
    };

    /// <summary>With topics and languages if given; the first language is the one the member works in.</summary>
    private async Task MemberAsync(string name, string side, string[] more) => _people[name] = await _network.MemberAsync(
        name,
        side,
        topics: more.Length == 0 ? null : more[0].Split(','),
        languages: more.Length < 2 ? null : more[1].Split(',').Index().ToDictionary(language => language.Item, language => language.Index == 0 ? "works" : "converses"));

    private async Task CoordinatorAsync(string name, string side)
    {
        await MemberAsync(name, side, []);
        await _network.AppointAsync(_people[name], side);
    }

    private ScriptedMember Person(string name, string language) =>
        _people.TryGetValue(name, out var known) ? known : _people[name] = _network.Person(name, language, handle: name.ToLowerInvariant());
}
