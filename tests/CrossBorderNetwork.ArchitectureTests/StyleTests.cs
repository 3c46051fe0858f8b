using System.Text.RegularExpressions;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Digests;
using CrossBorderNetwork.Scheduling;

namespace CrossBorderNetwork.ArchitectureTests;

/// <summary>What keeps the rooms readable.</summary>
public sealed partial class StyleTests
{
    [Fact]
    public void No_type_has_a_name_that_hides_what_it_does()
    {
        var types = House.Assemblies.SelectMany(House.Types).ToList();
        types.Count.ShouldBeGreaterThan(100);
        types.Where(type => HidingName().IsMatch(type.Name)).Select(type => type.FullName).ShouldBeEmpty();
    }

    [Fact]
    public void Interfaces_are_the_plug_points_and_no_others() => House.Assemblies.SelectMany(House.Types)
        .Where(type => type.IsInterface)
        .Select(type => type.Name)
        .Order(StringComparer.Ordinal)
        .ShouldBe([nameof(IDialogAction), nameof(IDigestSection), nameof(IScheduledJob)]);

    [Fact]
    public void No_file_is_longer_than_400_lines()
    {
        var files = House.Sources("src", "tests").ToList();
        files.Count.ShouldBeGreaterThan(100);
        files.Where(path => File.ReadLines(path).Count() > 400).Select(path => Path.GetRelativePath(House.Root, path)).ShouldBeEmpty();
    }

    [Fact]
    public void No_folder_has_more_than_15_source_files()
    {
        var folders = House.Sources("src", "tests").GroupBy(path => Path.GetDirectoryName(path)!).ToList();
        folders.Count.ShouldBeGreaterThan(50);
        folders.Where(folder => folder.Count() > 15).Select(folder => $"{Path.GetRelativePath(House.Root, folder.Key)}: {folder.Count()}").ShouldBeEmpty();
    }

    [Fact]
    public void The_entry_point_is_a_table_of_contents() =>
        File.ReadLines(Path.Combine(House.Root, "src/CrossBorderNetwork.Server/Program.cs")).Count().ShouldBeLessThan(60);

    [Fact]
    public void The_clock_is_only_read_through_TimeProvider()
    {
        var banned = File.ReadAllText(Path.Combine(House.Root, "BannedSymbols.txt"));
        foreach (var symbol in new[] { "DateTime.Now", "DateTime.UtcNow", "DateTimeOffset.Now", "DateTimeOffset.UtcNow", "Guid.NewGuid" }) banned.ShouldContain(symbol);
        House.Sources("src").Where(path => SuppressedBan().IsMatch(File.ReadAllText(path))).Select(path => Path.GetRelativePath(House.Root, path)).ShouldBeEmpty();
    }

    [GeneratedRegex("(Service|Manager|Helper|Helpers|Utils|Util|Impl)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HidingName();

    [GeneratedRegex("RS0030", RegexOptions.None, 1000)]
    private static partial Regex SuppressedBan();
}
