using System.Reflection;
using System.Text.RegularExpressions;

namespace CrossBorderNetwork.ArchitectureTests;

/// <summary>Who may know whom.</summary>
public sealed partial class DirectionTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["CrossBorderNetwork.Data"] = [],
        ["CrossBorderNetwork.Messaging"] = ["CrossBorderNetwork.Data"],
        ["CrossBorderNetwork.Conversations"] = ["CrossBorderNetwork.Messaging"],
        ["CrossBorderNetwork"] = ["CrossBorderNetwork.Conversations"],
        ["CrossBorderNetwork.Channels.Telegram"] = ["CrossBorderNetwork.Messaging"],
        ["CrossBorderNetwork.Channels.WebChat"] = ["CrossBorderNetwork.Messaging"],
        ["CrossBorderNetwork.Server"] = ["CrossBorderNetwork", "CrossBorderNetwork.Channels.Telegram", "CrossBorderNetwork.Channels.WebChat"],
    };

    [Fact]
    public void Projects_refer_to_each_other_exactly_as_the_house_says()
    {
        var actual = House.ProjectReferences();
        actual.Keys.Order(StringComparer.Ordinal).ShouldBe(Allowed.Keys.Order(StringComparer.Ordinal));
        foreach (var (project, references) in Allowed) actual[project].ShouldBe([.. references.Order(StringComparer.Ordinal)], customMessage: project);
    }

    [Fact]
    public void Slices_of_the_product_form_no_circle()
    {
        var uses = Slices();
        uses.Count.ShouldBeGreaterThan(4);
        uses.Values.Sum(set => set.Count).ShouldBeGreaterThan(0);
        foreach (var slice in uses.Keys) Path(uses, slice, slice, []).ShouldBeNull($"slices refer to each other in a circle at {slice}");
    }

    [Fact]
    public void Libraries_stay_in_the_rooms_that_are_theirs()
    {
        Only("Telegram.Bot", path => path.Contains("/CrossBorderNetwork.Channels.Telegram/", StringComparison.Ordinal));
        Only("Quartz", path => path.EndsWith("Job.cs", StringComparison.Ordinal) || path.Contains("/CrossBorderNetwork.Server/", StringComparison.Ordinal));
        Only("Microsoft.AspNetCore", path => path.Contains("/CrossBorderNetwork.Channels.", StringComparison.Ordinal) || path.Contains("/CrossBorderNetwork.Server/", StringComparison.Ordinal));
        Only("YamlDotNet", path => path.Contains("/CrossBorderNetwork.Conversations/", StringComparison.Ordinal));
    }

    [Fact]
    public void Only_delivery_calls_an_adapters_send()
    {
        var callers = House.Sources("src").Where(path => AdapterSend().IsMatch(File.ReadAllText(path))).Select(Path1).ToList();
        callers.ShouldBe(["src/CrossBorderNetwork.Messaging/Outbox/Delivery.cs"]);
    }

    private static void Only(string library, Func<string, bool> isAllowed)
    {
        var users = House.Sources("src").Where(path => Regex.IsMatch(File.ReadAllText(path), $@"^using (static )?{Regex.Escape(library)}\b", RegexOptions.Multiline)).ToList();
        users.Where(path => !isAllowed(path)).Select(Path1).ShouldBeEmpty(library);
        if (library != "Quartz") users.ShouldNotBeEmpty(library);
    }

    private static string Path1(string path) => System.IO.Path.GetRelativePath(House.Root, path);

    /// <summary>Which slice uses types of which other, read from the compiled types.</summary>
    private static Dictionary<string, HashSet<string>> Slices()
    {
        var product = typeof(NetworkSetup).Assembly;
        var uses = new Dictionary<string, HashSet<string>>();
        foreach (var path in House.Sources("src/CrossBorderNetwork"))
        {
            var parts = System.IO.Path.GetRelativePath(System.IO.Path.Combine(House.Root, "src/CrossBorderNetwork"), path).Split('/');
            if (parts.Length < 2) continue;
            var set = uses.TryGetValue(parts[0], out var known) ? known : uses[parts[0]] = [];
            foreach (Match match in SliceUsing().Matches(File.ReadAllText(path)))
            {
                var other = match.Groups["slice"].Value;
                if (other != parts[0] && product.GetTypes().Any(type => type.Namespace?.StartsWith("CrossBorderNetwork." + other, StringComparison.Ordinal) == true)) set.Add(other);
            }
        }
        return uses;
    }

    private static string? Path(Dictionary<string, HashSet<string>> uses, string from, string to, HashSet<string> seen)
    {
        foreach (var next in uses.GetValueOrDefault(from, []))
        {
            if (next == to) return from;
            if (seen.Add(next) && Path(uses, next, to, seen) is { } found) return found;
        }
        return null;
    }

    [GeneratedRegex(@"\b[aA]dapter(s\[[^\]]+\])?\.SendAsync\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AdapterSend();

    [GeneratedRegex(@"^using CrossBorderNetwork\.(?<slice>[A-Z]\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SliceUsing();
}
