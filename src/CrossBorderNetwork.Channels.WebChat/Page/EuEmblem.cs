using System.Globalization;
using System.Text;

namespace CrossBorderNetwork.Channels.WebChat;

/// <summary>
/// The emblem of the European Union by its published construction: a 3:2 field, twelve upright stars on a circle of a third of
/// the height, each star in a circle of an eighteenth of it.
/// </summary>
internal static class EuEmblem
{
    private const double Height = 54;

    /// <summary>Decorative where the funding statement stands beside it in words.</summary>
    public static readonly string Svg =
        $"""<svg class="emblem" viewBox="0 0 81 54" aria-hidden="true" focusable="false"><path fill="#003399" d="M0 0h81v54H0z"/><path fill="#ffcc00" d="{Stars()}"/></svg>""";

    private static string Stars()
    {
        var path = new StringBuilder();
        for (var hour = 0; hour < 12; hour++)
        {
            var (x, y) = OnCircle(Height * 1.5 / 2, Height / 2, Height / 3, hour / 12.0);
            for (var point = 0; point < 5; point++)
            {
                // Every second corner of the pentagon: the outline crosses itself, and the non-zero rule fills it whole.
                var (px, py) = OnCircle(x, y, Height / 18, point * 2 / 5.0);
                path.Append(CultureInfo.InvariantCulture, $"{(point == 0 ? 'M' : 'L')}{px:0.###} {py:0.###}");
            }
            path.Append('z');
        }
        return path.ToString();
    }

    private static (double X, double Y) OnCircle(double x, double y, double radius, double turn) =>
        (x + radius * Math.Sin(turn * Math.Tau), y - radius * Math.Cos(turn * Math.Tau));
}
