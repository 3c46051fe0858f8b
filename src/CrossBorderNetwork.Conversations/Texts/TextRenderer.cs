using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Conversations;

/// <summary>Puts values into a sentence in one language. Values stay literal text: what a person typed never becomes markup.</summary>
internal sealed class TextRenderer(string language, JsonObject values, IReadOnlyDictionary<string, ControlledList> lists)
{
    private const string DefaultZone = "Europe/Vilnius";

    private static readonly Dictionary<string, (string Date, string Time)> Formats = new()
    {
        ["lt"] = ("yyyy 'm.' MMMM d 'd.', dddd", "HH:mm"),
        ["pl"] = ("dddd, d MMMM yyyy", "HH:mm"),
        ["en"] = ("dddd, d MMMM yyyy", "HH:mm"),
    };

    private readonly List<Run> _runs = [];
    private readonly StringBuilder _text = new();
    private RunStyle _style;
    private string? _link;
    private decimal _number;

    public static RichText Render(Template template, string language, JsonObject values, IReadOnlyDictionary<string, ControlledList> lists)
    {
        if (template.Rendered is { } rendered) return rendered;
        var renderer = new TextRenderer(language, values, lists);
        renderer.Write(template.Parts);
        renderer.Flush();
        var text = new RichText(renderer._runs);
        if (!template.HasValues) template.Rendered = text;
        return text;
    }

    private void Write(IReadOnlyList<Part> parts)
    {
        foreach (var part in parts)
        {
            switch (part)
            {
                case Part.Literal literal:
                    _text.Append(literal.Text);
                    break;
                case Part.Number:
                    _text.Append(_number.ToString(CultureInfo.GetCultureInfo(language)));
                    break;
                case Part.Value value:
                    _text.Append(Format(value));
                    break;
                case Part.Bold:
                    Flush();
                    _style ^= RunStyle.Bold;
                    break;
                case Part.Italic:
                    Flush();
                    _style ^= RunStyle.Italic;
                    break;
                case Part.Choice choice:
                    WriteChoice(choice);
                    break;
                case Part.Link link:
                    WriteLink(link);
                    break;
            }
        }
    }

    private void WriteChoice(Part.Choice choice)
    {
        if (!choice.IsPlural)
        {
            Write(choice.Cases.GetValueOrDefault(Text(choice.Name), choice.Cases["other"]));
            return;
        }
        var outer = _number;
        _number = Number(choice.Name);
        var exact = "=" + _number.ToString(CultureInfo.InvariantCulture);
        Write(choice.Cases.GetValueOrDefault(exact) ?? choice.Cases.GetValueOrDefault(Plural.Category(language, _number)) ?? choice.Cases["other"]);
        _number = outer;
    }

    private void WriteLink(Part.Link link)
    {
        Flush();
        var target = new TextRenderer(language, values, lists);
        target.Write(link.Target);
        var address = target._text.ToString();
        _link = address.StartsWith("https://", StringComparison.Ordinal) || address.StartsWith("http://", StringComparison.Ordinal) ? address : null;
        Write(link.Label);
        Flush();
        _link = null;
    }

    private string Format(Part.Value value) => value.Format switch
    {
        null => Text(value.Name),
        "label" => lists[value.Argument!].Find(Text(value.Name))?.Label(language) ?? Text(value.Name),
        "labels" => Join(Many(value.Name).Select(key => Label(value.Argument!, key))),
        "adverbs" => Join(Many(value.Name).Select(key => lists[value.Argument!].Find(key)?.Attributes.GetValueOrDefault("adverb_" + language) ?? key)),
        "ratings" => Ratings(value),
        "count" => Many(value.Name).Count.ToString(CultureInfo.InvariantCulture),
        _ => Instant(value.Name, value.Format, value.Argument),
    };

    private string Label(string list, string key) => lists[list].LabelInside(key, language);

    private string Ratings(Part.Value value)
    {
        var names = value.Argument!.Split(' ', 2);
        if (values[value.Name] is not JsonObject ratings) return "";
        return Join(ratings.Select(rating => $"{Label(names[0], rating.Key)} ({Label(names[1], rating.Value!.GetValue<string>())})"));
    }

    /// <summary>"a, b and c" in the reader's language; without "and" where an item has one of its own.</summary>
    private string Join(IEnumerable<string> items)
    {
        var all = items.ToList();
        if (all.Count < 2) return all.Count == 0 ? "" : all[0];
        var and = language switch { "lt" => " ir ", "pl" => " i ", _ => " and " };
        return all.Exists(item => item.Contains(and, StringComparison.Ordinal)) ? string.Join(", ", all) : string.Join(", ", all.Take(all.Count - 1)) + and + all[^1];
    }

    /// <param name="zoneThere">Another time zone than the reader's.</param>
    private string Instant(string name, string format, string? zoneThere)
    {
        if (!DateTimeOffset.TryParse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)) return Text(name);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneThere ?? values["zone"]?.GetValue<string>() ?? DefaultZone);
        var local = TimeZoneInfo.ConvertTime(instant, zone);
        var culture = CultureInfo.GetCultureInfo(language switch { "lt" => "lt-LT", "pl" => "pl-PL", _ => "en-GB" });
        var (date, time) = Formats[language];
        return format switch
        {
            "date" => local.ToString(date, culture),
            "time" => local.ToString(time, culture),
            _ => local.ToString(date, culture) + ", " + local.ToString(time, culture),
        };
    }

    private decimal Number(string name) => values[name] switch
    {
        JsonArray array => array.Count,
        JsonObject map => map.Count,
        // Read as text: a number set in this turn and one read from the state are different values in memory.
        JsonValue value when decimal.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => 0,
    };

    private List<string> Many(string name) => values[name] switch
    {
        JsonArray array => [.. array.Select(item => item!.ToString())],
        JsonObject map => [.. map.Select(entry => entry.Key)],
        null => [],
        var single => [single.ToString()],
    };

    private string Text(string name) => values[name] switch
    {
        null => "",
        JsonArray or JsonObject => Join(Many(name)),
        var value => value.ToString(),
    };

    private void Flush()
    {
        if (_text.Length == 0) return;
        _runs.Add(new Run(_text.ToString(), _style, _link));
        _text.Clear();
    }
}
