using System.Reflection;
using System.Text.RegularExpressions;
using CrossBorderNetwork.Conversations;

namespace CrossBorderNetwork.ArchitectureTests;

/// <summary>What pages and lists say of the code is true of it.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(House.Root, "README.md"));

    /// <summary>Settings that no options class of this house reads.</summary>
    private static readonly string[] OfTheHost = ["Urls", "Logging:Format", "OTEL_EXPORTER_OTLP_ENDPOINT"];

    [Fact]
    public void The_README_names_every_setting_and_no_other()
    {
        var known = House.Assemblies.SelectMany(House.Types).Where(type => type.GetField("Section")?.IsLiteral == true).SelectMany(SettingsOf).Concat(OfTheHost).ToList();
        var named = NamedInTheTable().ToList();
        var wholeSections = named.Where(name => name.EndsWith('…') || name.EndsWith('>')).Select(name => name[..(name.LastIndexOf(':') + 1)]).ToList();

        known.Count.ShouldBeGreaterThan(40);
        known.Where(setting => !wholeSections.Exists(section => setting.StartsWith(section, StringComparison.Ordinal))).Except(named).ShouldBeEmpty("the table of settings leaves these out");
        named.Where(name => !name.EndsWith('…') && !name.EndsWith('>')).Except(known).ShouldBeEmpty("nothing reads these");
    }

    [Fact]
    public void Every_test_that_stands_for_a_promise_exists()
    {
        var named = TestClass().Matches(File.ReadAllText(Path.Combine(House.Root, "docs/delivery.md"))).Select(match => match.Value).Distinct().ToList();
        var declared = House.Sources("tests/CrossBorderNetwork.Tests").SelectMany(path => Declaration().Matches(File.ReadAllText(path))).Select(match => match.Groups[1].Value);

        named.Count.ShouldBeGreaterThan(8);
        named.Except(declared).ShouldBeEmpty("docs/delivery.md names these");
    }

    [Fact]
    public void Every_file_that_a_page_links_to_is_there()
    {
        var pages = Directory.GetFiles(House.Root, "*.md").Concat(new[] { "docs", "dialogs", "src" }.SelectMany(folder => Directory.GetFiles(Path.Combine(House.Root, folder), "*.md", SearchOption.AllDirectories)))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/node_modules/", StringComparison.Ordinal)).ToList();
        var links = pages.SelectMany(page => Link().Matches(File.ReadAllText(page)).Select(match => Path.Combine(Path.GetDirectoryName(page)!, match.Groups[1].Value))).ToList();

        links.Count.ShouldBeGreaterThan(10);
        links.Where(link => !Path.Exists(link)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_act_of_a_coordinator_has_a_name_in_the_log()
    {
        var inCode = House.Sources("src").SelectMany(path => Noting().Matches(File.ReadAllText(path))).SelectMany(call => Act().Matches(call.Value)).Select(match => match.Groups[1].Value);
        var inDialogs = Directory.GetFiles(Path.Combine(House.Root, "dialogs"), "dialog.yaml", SearchOption.AllDirectories)
            .SelectMany(path => GuardedAct().Matches(File.ReadAllText(path))).Select(match => match.Groups[1].Value);
        var acts = inCode.Concat(inDialogs).Distinct().ToList();

        acts.Count.ShouldBeGreaterThan(25);
        acts.Except(DialogContent.Load(Path.Combine(House.Root, "dialogs")).Lists["acts"].Items.Select(item => item.Key)).ShouldBeEmpty("dialogs/lists/acts.yaml lacks these");
    }

    private static IEnumerable<string> SettingsOf(Type options)
    {
        var section = (string)options.GetField("Section")!.GetRawConstantValue()!;
        return options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is not null).Select(property => $"{section}:{property.Name}");
    }

    /// <summary>In one cell, a name without a section has that of the first.</summary>
    private static IEnumerable<string> NamedInTheTable()
    {
        var table = Readme[Readme.IndexOf("| setting |", StringComparison.Ordinal)..];
        foreach (var row in table[..table.IndexOf("\n\n", StringComparison.Ordinal)].Split('\n').Skip(2))
        {
            var section = "";
            foreach (var name in Quoted().Matches(row.Split('|')[1]).Select(match => match.Groups[1].Value))
            {
                if (name.LastIndexOf(':') is > 0 and var colon) section = name[..(colon + 1)];
                yield return name.Contains(':', StringComparison.Ordinal) ? name : section + name;
            }
        }
    }

    [GeneratedRegex(@"\b[A-Z]\w+Tests\b")]
    private static partial Regex TestClass();

    [GeneratedRegex(@"\bclass ([A-Z]\w+Tests)\b")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\]\((?!https?:|mailto:|/)([^)#\s]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\b(?:Note|MayAsync)\([^;]*;")]
    private static partial Regex Noting();

    [GeneratedRegex(@"""(?:denied:(?=[a-z])|(?=[a-z]+\.))([a-z.-]+)""")]
    private static partial Regex Act();

    [GeneratedRegex(@"\bact: ([a-z.-]+)")]
    private static partial Regex GuardedAct();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
