using System.Globalization;
using CrossBorderNetwork.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Cooperations;

/// <summary>Counts of one group by stage; null where the count is not shown.</summary>
public sealed record FunnelRow(string Key, IReadOnlyList<int?> Counts);

/// <summary>
/// What may be shown of the funnel. A count under five is not shown; and where the counts not shown of a stage could be told from
/// the total (there is only one of them, or together they are under five), the next smallest is not shown either, nor what came of it.
/// A group of which nothing is shown is left out. What changed between two looks on different days is not hidden.
/// </summary>
public sealed record FunnelFigures(FunnelView View, FunnelRow Total, IReadOnlyList<FunnelRow> Rows, int LeftOut)
{
    public const int Smallest = 5;

    public static readonly IReadOnlyList<FunnelStage> Stages = Enum.GetValues<FunnelStage>();

    public bool IsAnythingMissing => LeftOut > 0 || Rows.Append(Total).Any(row => row.Counts.Contains(null));

    /// <summary>The twelve months that end with this one, as <c>2026-01</c>.</summary>
    public static IReadOnlyList<string> YearUntil(DateTimeOffset now) =>
        [.. Enumerable.Range(-11, 12).Select(months => now.UtcDateTime.AddMonths(months).ToString("yyyy-MM", CultureInfo.InvariantCulture))];

    /// <summary>Reads the counts of some months.</summary>
    public static async Task<FunnelFigures> ReadAsync(NetworkDb db, FunnelView view, IReadOnlyList<string> months, CancellationToken ct)
    {
        var counts = await db.FunnelCounts.AsNoTracking().Where(c => (c.View == view || c.View == FunnelView.Month) && months.Contains(c.Month)).ToListAsync(ct);
        var groups = counts.Where(c => c.View == view).GroupBy(c => c.Value).ToDictionary(group => group.Key, Sums);
        return Protect(view, Sums(counts.Where(c => c.View == FunnelView.Month)), groups);
    }

    /// <summary>Leaves only what may be shown. Months in their order, other groups the greatest first.</summary>
    public static FunnelFigures Protect(FunnelView view, int[] total, IReadOnlyDictionary<string, int[]> groups)
    {
        var shown = groups.ToDictionary(group => group.Key, group => group.Value.Select(Visible).ToArray());
        foreach (var stage in Stages.Cast<int>())
        {
            if (stage > 0) HideAfter(stage - 1, shown);
            HideBesides(stage, groups, shown);
        }
        var rows = shown.Where(row => row.Value.Any(count => count is not null))
            .OrderBy(row => view == FunnelView.Month ? 0 : -groups[row.Key][0]).ThenBy(row => row.Key, StringComparer.Ordinal)
            .Select(row => new FunnelRow(row.Key, row.Value)).ToList();
        return new FunnelFigures(view, new FunnelRow("", [.. total.Select(Visible)]), rows, groups.Count - rows.Count);
    }

    /// <summary>Who met had accepted: a later count would tell a bound of the one before it.</summary>
    private static void HideAfter(int stage, Dictionary<string, int?[]> shown)
    {
        foreach (var row in shown.Values.Where(row => row[stage] is null)) row[stage + 1] = null;
    }

    private static void HideBesides(int stage, IReadOnlyDictionary<string, int[]> groups, Dictionary<string, int?[]> shown)
    {
        while (true)
        {
            var hidden = shown.Where(row => row.Value[stage] is null).Select(row => groups[row.Key][stage]).ToList();
            if (hidden.Count == 0 || (hidden.Count > 1 && hidden.Sum() >= Smallest)) return;
            var next = shown.Where(row => row.Value[stage] is not null).OrderBy(row => row.Value[stage]).ThenBy(row => row.Key, StringComparer.Ordinal).Select(row => row.Value).FirstOrDefault();
            if (next is null) return;
            next[stage] = null;
        }
    }

    private static int? Visible(int count) => count >= Smallest ? count : null;

    private static int[] Sums(IEnumerable<FunnelCount> counts)
    {
        var sums = new int[Stages.Count];
        foreach (var count in counts) sums[(int)count.Stage] += count.Count;
        return sums;
    }
}
