using System.Text.Json;
using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Matching.Files;

/// <summary>The fields of one line, each checked as it is read. A fault is a <see cref="FormatException"/> with a sentence.</summary>
internal readonly struct MemberLine
{
    private readonly JsonElement line;

    public MemberLine(JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.Object) throw new FormatException("this is not a JSON object; a member is one line.");
        this.line = line;
    }

    public long Number(string name, long least, long most, long? otherwise = null)
    {
        if (Find(name) is not { } value) return otherwise ?? throw Missing(name);
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least && number <= most
            ? number
            : throw Wrong(name, value, most == long.MaxValue ? $"a whole number of {least} or more" : $"a whole number from {least} to {most}");
    }

    public double Share(string name)
    {
        if (Find(name) is not { } value) throw Missing(name);
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number is >= 0 and <= 1
            ? number
            : throw Wrong(name, value, "a number from 0 to 1");
    }

    public bool Flag(string name, bool otherwise) => Find(name) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } value => throw Wrong(name, value, "true or false"),
    };

    public string Word(string name, IReadOnlyList<string> words, string? otherwise = null)
    {
        if (Find(name) is not { } value) return otherwise ?? throw Missing(name);
        return value.ValueKind == JsonValueKind.String && value.GetString() is { } word && words.Contains(word)
            ? words.First(known => known == word)
            : throw Wrong(name, value, $"one of {string.Join(", ", words)}");
    }

    public IReadOnlyDictionary<string, Level> Levels(string name, IReadOnlyList<string> languages)
    {
        if (Find(name) is not { } value) throw Missing(name);
        if (value.ValueKind != JsonValueKind.Object) throw Wrong(name, value, "an object of languages with levels from 0 to 6");
        var levels = new Dictionary<string, Level>();
        foreach (var known in value.EnumerateObject())
        {
            var language = languages.FirstOrDefault(key => key == known.Name)
                ?? throw new FormatException($"\"{name}\" names the language \"{known.Name}\"; known are {string.Join(", ", languages)}.");
            if (known.Value.ValueKind != JsonValueKind.Number || !known.Value.TryGetInt32(out var level) || level is < 0 or > 6)
                throw Wrong($"{name}.{language}", known.Value, "a level from 0 to 6");
            levels[language] = (Level)level;
        }
        return levels;
    }

    public IReadOnlyDictionary<string, int> Weights(string name, IReadOnlyList<string> topics)
    {
        if (Find(name) is not { } value) return System.Collections.Frozen.FrozenDictionary<string, int>.Empty;
        var expected = $"pairs of a topic from 0 to {topics.Count - 1} and a strength from 1 to 5";
        if (value.ValueKind != JsonValueKind.Array) throw Wrong(name, value, expected);
        var weights = new Dictionary<string, int>();
        foreach (var pair in value.EnumerateArray())
        {
            if (pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() != 2
                || pair[0].ValueKind != JsonValueKind.Number || !pair[0].TryGetInt32(out var topic) || topic < 0 || topic >= topics.Count
                || pair[1].ValueKind != JsonValueKind.Number || !pair[1].TryGetInt32(out var strength) || strength is < 1 or > 5)
                throw Wrong(name, pair, expected);
            weights[topics[topic]] = Math.Max(strength, weights.GetValueOrDefault(topics[topic]));
        }
        return weights;
    }

    public IReadOnlyList<long> Numbers(string name, long most)
    {
        if (Find(name) is not { } value) return [];
        if (value.ValueKind != JsonValueKind.Array) throw Wrong(name, value, "a list of whole numbers");
        var numbers = new List<long>();
        foreach (var entry in value.EnumerateArray())
        {
            if (entry.ValueKind != JsonValueKind.Number || !entry.TryGetInt64(out var number) || number < 0 || number > most)
                throw Wrong(name, entry, most == long.MaxValue ? "a whole number of 0 or more" : $"a whole number from 0 to {most}");
            numbers.Add(number);
        }
        return numbers;
    }

    private JsonElement? Find(string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static FormatException Missing(string name) => new($"\"{name}\" is missing.");

    private static FormatException Wrong(string name, JsonElement value, string expected)
    {
        var text = value.GetRawText();
        return new FormatException($"\"{name}\" is {(text.Length > 40 ? text[..40] + "…" : text)}; expected is {expected}.");
    }
}
