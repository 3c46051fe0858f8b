using System.Text.RegularExpressions;
using ArchUnitNET.Fluent.Slices;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;

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
        var product = new ArchLoader().LoadAssembly(typeof(NetworkSetup).Assembly).Build();
        var slices = SliceRuleDefinition.Slices().Matching("CrossBorderNetwork.(*)..");
        var sliced = slices.GetObjects(product).ToList();
        sliced.Count.ShouldBeGreaterThan(4);
        House.Types(typeof(NetworkSetup).Assembly).Select(type => type.FullName).Except(sliced.SelectMany(slice => slice.Types).Select(type => type.FullName))
            .ShouldBe([typeof(NetworkSetup).FullName]);

        slices.Should().BeFreeOfCycles().Check(product);
    }

    [Fact]
    public void Libraries_stay_in_the_rooms_that_are_theirs()
    {
        UsersOf("Telegram.Bot").ShouldBe(["CrossBorderNetwork.Channels.Telegram"]);
        UsersOf("Quartz").ShouldBe(["CrossBorderNetwork.Server"]);
        UsersOf("YamlDotNet").ShouldBe(["CrossBorderNetwork.Conversations"]);
        UsersOf("Microsoft.AspNetCore").ShouldBe(["CrossBorderNetwork.Channels.Telegram", "CrossBorderNetwork.Channels.WebChat", "CrossBorderNetwork.Server"]);
    }

    [Fact]
    public void Only_delivery_calls_an_adapters_send()
    {
        var callers = House.Sources("src").Where(path => AdapterSend().IsMatch(File.ReadAllText(path))).Select(path => Path.GetRelativePath(House.Root, path)).ToList();
        callers.ShouldBe(["src/CrossBorderNetwork.Messaging/Outbox/Delivery.cs"]);
    }

    /// <summary>Our assemblies that were compiled against this library or one whose name begins so.</summary>
    private static IEnumerable<string> UsersOf(string library) => House.Assemblies
        .Where(assembly => assembly.GetReferencedAssemblies().Any(used => used.Name == library || used.Name!.StartsWith(library + ".", StringComparison.Ordinal)))
        .Select(assembly => assembly.GetName().Name!)
        .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\b[aA]dapter(s\[[^\]]+\])?\.SendAsync\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AdapterSend();
}
