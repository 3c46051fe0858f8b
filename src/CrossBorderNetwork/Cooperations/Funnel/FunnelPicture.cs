using System.Globalization;
using ScottPlot;
using ScottPlot.Hatches;
using SkiaSharp;

namespace CrossBorderNetwork.Cooperations;

/// <summary>What stands in the picture beside the counts.</summary>
/// <param name="Title">What is counted by what.</param>
/// <param name="Stages">Name of each stage, in order.</param>
/// <param name="Hidden">What stands for a count that is not shown.</param>
internal sealed record PictureWords(string Title, IReadOnlyList<string> Stages, string Hidden);

/// <summary>
/// Draws figures as bars, a cluster a group. Stages differ in brightness and pattern, and each bar carries its number, so that a
/// printer without colour and an eye without it lose nothing. Needs a font with the letters of both languages on the machine.
/// </summary>
public static class FunnelPicture
{
    /// <summary>The font that all machines draw with, by its family's name.</summary>
    public const string Font = "DejaVu Sans";

    /// <summary>More clusters than this are too small to read on a phone.</summary>
    internal const int MostRows = 9;

    private const int Width = 1000;
    private const int BarHeight = 26;
    private const int Surroundings = 190;
    private const float FontSize = 20;

    private static readonly Color Ink = Color.FromHex("#1a1a1a");

    private static readonly (Color Fill, IHatch? Hatch)[] Looks =
    [
        (Color.FromHex("#003399"), null),
        (Color.FromHex("#c9d4ea"), new Striped(StripeDirection.DiagonalUp)),
        (Color.FromHex("#8ca3d1"), null),
        (Color.FromHex("#e8ecf5"), new Checker()),
        (Colors.White, null),
    ];

    /// <summary>Whether this machine has the font; without it letters may come out as boxes.</summary>
    public static bool FontIsThere => SKFontManager.Default.FontFamilies.Contains(Font);

    /// <param name="rows">Label and counts of each cluster, from top to bottom; the first <see cref="MostRows"/> are drawn.</param>
    /// <param name="words">The words around them.</param>
    /// <returns>A PNG.</returns>
    internal static byte[] Draw(IReadOnlyList<FunnelRow> rows, PictureWords words)
    {
        using var plot = new Plot();
        var drawn = rows.Take(MostRows).ToList();
        AddBars(plot, drawn, words);
        AddAxes(plot, drawn, words);
        AddLegend(plot, words);
        // Of the axes and the title; bars and legend have theirs.
        plot.Font.Set(Font);
        return plot.GetImageBytes(Width, Surroundings + (drawn.Count * (Looks.Length + 1) * BarHeight), ImageFormat.Png);
    }

    private static void AddBars(Plot plot, List<FunnelRow> rows, PictureWords words)
    {
        var bars = plot.Add.Bars(rows.SelectMany((row, index) => row.Counts.Select((count, stage) => new Bar
        {
            Position = Top(index) - stage, Value = count ?? 0, Size = 0.86, Orientation = Orientation.Horizontal,
            FillColor = Looks[stage].Fill, FillHatch = Looks[stage].Hatch, FillHatchColor = Ink, LineColor = Ink, LineWidth = 1.5f,
            ValueLabel = count?.ToString(CultureInfo.InvariantCulture) ?? words.Hidden,
        })).ToList());
        bars.Horizontal = true;
        bars.ValueLabelStyle.FontName = Font;
        bars.ValueLabelStyle.FontSize = FontSize;
        bars.ValueLabelStyle.ForeColor = Ink;
    }

    private static void AddAxes(Plot plot, List<FunnelRow> rows, PictureWords words)
    {
        plot.Title(words.Title, size: FontSize + 4);
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual([.. rows.Select((row, index) => new Tick(Top(index) - ((Looks.Length - 1) / 2.0), row.Key))]);
        plot.Axes.Left.TickLabelStyle.FontSize = FontSize;
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.Bottom.IsVisible = false;
        plot.Axes.Right.IsVisible = false;
        plot.Axes.Top.IsVisible = false;
        plot.HideGrid();
        var greatest = rows.SelectMany(row => row.Counts).Max() ?? 1;
        // Room for the number behind the longest bar.
        plot.Axes.SetLimits(0, greatest * 1.2, Top(rows.Count) + 0.5, 1);
    }

    private static void AddLegend(Plot plot, PictureWords words)
    {
        plot.ShowLegend(Edge.Bottom);
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.Legend.FontName = Font;
        plot.Legend.FontSize = FontSize - 3;
        plot.Legend.SymbolWidth = 28;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.ManualItems.AddRange(words.Stages.Select((stage, index) => new LegendItem
        {
            LabelText = stage, FillColor = Looks[index].Fill, FillHatch = Looks[index].Hatch, FillHatchColor = Ink, OutlineColor = Ink, OutlineWidth = 1.5f,
        }));
    }

    private static double Top(int index) => -index * (Looks.Length + 1.0);
}
