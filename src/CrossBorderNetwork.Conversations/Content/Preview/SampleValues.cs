using System.Text.Json.Nodes;

namespace CrossBorderNetwork.Conversations;

/// <summary>Values that make a sentence readable before anybody has answered anything.</summary>
internal static class SampleValues
{
    private const string SomeEvening = "2026-12-08T15:00:00Z";

    public static JsonObject For(Template template, DialogContent content)
    {
        var values = new JsonObject();
        Template.Visit(template.Parts, part =>
        {
            if (part is Part.Value { Format: not null } value && values[value.Name] is null) values[value.Name] = Formatted(value, content);
        });
        Template.Visit(template.Parts, part =>
        {
            if (part is Part.Choice choice && values[choice.Name] is null) values[choice.Name] = choice.IsPlural ? 3 : choice.Cases.Keys.First();
        });
        Template.Visit(template.Parts, part =>
        {
            if (part is Part.Value { Name: "count" or "page" or "pages" or "min" or "max" or "length" } number && values[number.Name] is null) values[number.Name] = 3;
            if (part is Part.Value value && values[value.Name] is null) values[value.Name] = $"‹{value.Name}›";
        });
        return values;
    }

    private static JsonNode? Formatted(Part.Value value, DialogContent content)
    {
        if (value.Format is "date" or "time" or "datetime") return SomeEvening;
        var keys = Keys(value.Argument?.Split(' ')[0], content);
        return value.Format switch
        {
            "label" => keys.FirstOrDefault(),
            "ratings" => new JsonObject(keys.Take(2).Select(key => KeyValuePair.Create(key, (JsonNode?)Keys(value.Argument!.Split(' ')[^1], content).LastOrDefault("")))),
            _ => new JsonArray([.. keys.Take(3).Select(key => (JsonNode)key)]),
        };
    }

    private static IEnumerable<string> Keys(string? list, DialogContent content) =>
        list is not null && content.Lists.TryGetValue(list, out var items) ? items.Items.Select(item => item.Key) : ["a", "b", "c"];
}
