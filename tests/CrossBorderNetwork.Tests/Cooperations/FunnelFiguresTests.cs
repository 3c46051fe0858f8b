using CrossBorderNetwork.Cooperations;
using FsCheck.Xunit;

namespace CrossBorderNetwork.Tests.Cooperations;

public sealed class FunnelFiguresTests
{
    [Property(MaxTest = 500)]
    public bool No_count_under_five_is_shown(byte[] numbers) =>
        Shown(numbers, out _).Rows.SelectMany(row => row.Counts).OfType<int>().All(count => count >= FunnelFigures.Smallest);

    [Property(MaxTest = 500)]
    public bool What_is_not_shown_cannot_be_told_from_the_total(byte[] numbers)
    {
        var figures = Shown(numbers, out var groups);
        return FunnelFigures.Stages.Cast<int>().All(stage =>
        {
            if (figures.Total.Counts[stage] is not { } total) return true;
            var shown = figures.Rows.Where(row => row.Counts[stage] is not null).ToList();
            var hidden = groups.Count - shown.Count;
            return hidden == 0 || (hidden > 1 && total - shown.Sum(row => row.Counts[stage]!.Value) >= FunnelFigures.Smallest);
        });
    }

    [Property(MaxTest = 500)]
    public bool What_is_shown_is_true(byte[] numbers) =>
        Shown(numbers, out var groups).Rows.All(row => row.Counts.Select((count, stage) => count is null || count == groups[row.Key][stage]).All(holds => holds));

    [Property(MaxTest = 500)]
    public bool What_came_of_a_count_that_is_not_shown_is_not_shown(byte[] numbers) =>
        Shown(numbers, out _).Rows.All(row => row.Counts.Zip(row.Counts.Skip(1)).All(two => two.First is not null || two.Second is null));

    [Fact]
    public void Where_all_groups_are_great_enough_all_are_shown()
    {
        var figures = FunnelFigures.Protect(FunnelView.Role, [30, 20, 15, 12, 10], new Dictionary<string, int[]> { ["teacher"] = [20, 12, 9, 7, 5], ["head"] = [10, 8, 6, 5, 5] });

        figures.Rows.Select(row => row.Key).ShouldBe(["teacher", "head"]);
        figures.Rows.SelectMany(row => row.Counts).ShouldAllBe(count => count != null);
    }

    [Fact]
    public void One_small_group_hides_the_next_smallest_too()
    {
        var figures = FunnelFigures.Protect(FunnelView.Role, [33, 0, 0, 0, 0], new Dictionary<string, int[]> { ["teacher"] = [20, 0, 0, 0, 0], ["head"] = [10, 0, 0, 0, 0], ["ngo"] = [3, 0, 0, 0, 0] });

        figures.Rows.Select(row => row.Key).ShouldBe(["teacher"]);
        figures.LeftOut.ShouldBe(2);
    }

    private static FunnelFigures Shown(byte[] numbers, out Dictionary<string, int[]> groups)
    {
        // Each stage has at most as many as the one before.
        groups = numbers.Chunk(2).Take(12).Select((pair, index) => (Key: $"group {index:00}", Counts: Stages(pair[0] % 40, pair[^1]))).ToDictionary(group => group.Key, group => group.Counts);
        var all = groups.Values.ToList();
        return FunnelFigures.Protect(FunnelView.Municipality, [.. FunnelFigures.Stages.Cast<int>().Select(stage => all.Sum(counts => counts[stage]))], groups);

        static int[] Stages(int first, int less) => [first, first * (less % 5) / 5, first * (less % 5) / 8, first * (less % 5) / 12, first * (less % 5) / 20];
    }
}
