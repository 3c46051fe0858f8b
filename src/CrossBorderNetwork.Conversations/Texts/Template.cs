using System.Text;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Conversations;

/// <summary>A piece of a sentence: literal text, a value, a choice by number or word, or a change of style.</summary>
internal abstract record Part
{
    public sealed record Literal(string Text) : Part;

    public sealed record Value(string Name, string? Format, string? Argument) : Part;

    /// <summary><c>plural</c> or <c>select</c>: one case of several.</summary>
    public sealed record Choice(string Name, bool IsPlural, IReadOnlyDictionary<string, IReadOnlyList<Part>> Cases) : Part;

    /// <summary>The number of the plural around it.</summary>
    public sealed record Number : Part;

    public sealed record Bold : Part;

    public sealed record Italic : Part;

    public sealed record Link(IReadOnlyList<Part> Label, IReadOnlyList<Part> Target) : Part;
}

/// <summary>
/// A sentence as written in a text file, parsed once: ICU's <c>{name}</c>, <c>{n, plural, one {…} other {…}}</c> and
/// <c>{x, select, …}</c>, the project's own formats (<c>{x, label, roles}</c>), and <c>**bold**</c>, <c>_italic_</c>,
/// <c>[label](address)</c>. A backslash takes the meaning from the sign that follows.
/// </summary>
public sealed class Template
{
    /// <summary>Formats that a value can have, and whether they need the name of a list. Those of time may name the zone to show it in.</summary>
    internal static readonly IReadOnlyDictionary<string, bool> Formats = new Dictionary<string, bool>
    {
        ["label"] = true, ["labels"] = true, ["ratings"] = true, ["adverbs"] = true, ["date"] = false, ["time"] = false, ["datetime"] = false, ["count"] = false,
    };

    private readonly string _source;
    private int _position;

    private Template(string source)
    {
        _source = source;
        Parts = ReadParts(end: '\0', inPlural: false);
        if (Parts.Count(part => part is Part.Bold) % 2 != 0) throw new FormatException("a ** is not closed");
        if (Parts.Count(part => part is Part.Italic) % 2 != 0) throw new FormatException("an _ is not closed (write \\_ for the sign itself)");
        HasValues = ValueNames().Count > 0;
    }

    internal IReadOnlyList<Part> Parts { get; }

    internal bool HasValues { get; }

    /// <summary>The sentence itself where nothing is put into it, once it was rendered: most are said as they stand.</summary>
    internal RichText? Rendered { get; set; }

    internal bool IsEmpty => Parts.Count == 0;

    /// <exception cref="FormatException">Says what is wrong in words for an editor.</exception>
    public static Template Parse(string source) => new(source);

    /// <summary>Names of all values that the sentence uses.</summary>
    public IReadOnlySet<string> ValueNames()
    {
        var names = new HashSet<string>();
        Visit(Parts, part =>
        {
            if (part is Part.Value value) names.Add(value.Name);
            if (part is Part.Choice choice) names.Add(choice.Name);
        });
        return names;
    }

    internal static void Visit(IReadOnlyList<Part> parts, Action<Part> visit)
    {
        foreach (var part in parts)
        {
            visit(part);
            if (part is Part.Choice choice)
            {
                foreach (var branch in choice.Cases.Values) Visit(branch, visit);
            }
            if (part is Part.Link link)
            {
                Visit(link.Label, visit);
                Visit(link.Target, visit);
            }
        }
    }

    private List<Part> ReadParts(char end, bool inPlural)
    {
        var parts = new List<Part>();
        var literal = new StringBuilder();
        while (_position < _source.Length && (end == '\0' || _source[_position] != end))
        {
            var sign = _source[_position];
            Part? part = sign switch
            {
                '{' => ReadBraces(),
                '}' => throw new FormatException("a } stands without its {"),
                '<' when LooksLikeTag() => throw new FormatException("HTML tags are not used here: write **bold**, _italic_ or [label](address)"),
                '#' when inPlural => Take(1, new Part.Number()),
                '*' when Ahead("**") => Take(2, new Part.Bold()),
                '_' => Take(1, new Part.Italic()),
                '[' => ReadLink(inPlural),
                _ => null,
            };
            if (part is not null)
            {
                Flush(parts, literal);
                parts.Add(part);
                continue;
            }
            if (sign == '\\' && _position + 1 < _source.Length) _position++;
            literal.Append(_source[_position++]);
        }
        if (end != '\0' && _position >= _source.Length) throw new FormatException($"a {end} is missing at the end");
        Flush(parts, literal);
        return parts;
    }

    private Part ReadBraces()
    {
        _position++;
        var name = ReadWord();
        if (name.Length == 0) throw new FormatException("a { must be followed by the name of a value");
        if (TryTake('}')) return new Part.Value(name, null, null);
        if (!TryTake(',')) throw new FormatException($"a }} is missing after {{{name}");
        var format = ReadWord();
        if (format is not ("plural" or "select"))
        {
            if (!Formats.TryGetValue(format, out var needsList)) throw new FormatException($"'{format}' is not a format (known: plural, select, {string.Join(", ", Formats.Keys)})");
            var argument = TryTake(',') ? ReadUntil('}').Trim() : null;
            if (needsList && argument is null) throw new FormatException($"'{format}' needs the name of a list: {{{name}, {format}, topics}}");
            Expect('}');
            return new Part.Value(name, format, argument);
        }
        Expect(',');
        var cases = new Dictionary<string, IReadOnlyList<Part>>();
        while (!TryTake('}'))
        {
            var key = ReadWord();
            if (key.Length == 0) throw new FormatException($"a case is missing in {{{name}, {format}, …}}");
            Expect('{');
            cases[key] = ReadParts('}', format == "plural");
            Expect('}');
        }
        if (!cases.ContainsKey("other")) throw new FormatException($"{{{name}, {format}, …}} has no case 'other'");
        return new Part.Choice(name, format == "plural", cases);
    }

    private Part.Link ReadLink(bool inPlural)
    {
        _position++;
        var label = ReadParts(']', inPlural);
        Expect(']');
        if (!TryTake('(')) throw new FormatException("a [label] must be followed by its (address); write \\[ for the sign itself");
        var target = ReadParts(')', inPlural: false);
        Expect(')');
        return new Part.Link(label, target);
    }

    private string ReadWord()
    {
        SkipBlanks();
        var start = _position;
        while (_position < _source.Length && (char.IsLetterOrDigit(_source[_position]) || _source[_position] is '-' or '_' or '=' or '.')) _position++;
        var word = _source[start.._position];
        SkipBlanks();
        return word;
    }

    private string ReadUntil(char end)
    {
        var start = _position;
        while (_position < _source.Length && _source[_position] != end) _position++;
        return _source[start.._position];
    }

    private void Expect(char sign)
    {
        SkipBlanks(onlyIf: sign is '{' or ',');
        if (!TryTake(sign)) throw new FormatException($"a {sign} is missing at position {_position + 1}");
    }

    private bool TryTake(char sign)
    {
        if (sign == '}') SkipBlanksBefore('}');
        if (_position >= _source.Length || _source[_position] != sign) return false;
        _position++;
        return true;
    }

    private Part Take(int length, Part part)
    {
        _position += length;
        return part;
    }

    private bool Ahead(string text) => string.CompareOrdinal(_source, _position, text, 0, text.Length) == 0;

    private bool LooksLikeTag() => _position + 1 < _source.Length && (char.IsAsciiLetter(_source[_position + 1]) || _source[_position + 1] == '/');

    private void SkipBlanks(bool onlyIf = true)
    {
        while (onlyIf && _position < _source.Length && char.IsWhiteSpace(_source[_position])) _position++;
    }

    private void SkipBlanksBefore(char sign)
    {
        var ahead = _position;
        while (ahead < _source.Length && char.IsWhiteSpace(_source[ahead])) ahead++;
        if (ahead < _source.Length && _source[ahead] == sign) _position = ahead;
    }

    private static void Flush(List<Part> parts, StringBuilder literal)
    {
        if (literal.Length == 0) return;
        parts.Add(new Part.Literal(literal.ToString()));
        literal.Clear();
    }
}
