using System.Collections.Frozen;
using System.Text.Json;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Matching.Files;

/// <summary>
/// Members as a file of JSON lines, for trying and measuring the matching without a database. Topics, forms, roles and
/// municipalities are numbers: their places in the lists of the content. Read line by line; what it does not know it passes over.
/// </summary>
public sealed class PopulationFile
{
    private readonly Vocabulary vocabulary;
    private readonly List<GeoPoint> towns;
    private readonly string file;

    public PopulationFile(string file, DialogContent content)
    {
        this.file = file;
        vocabulary = ContentVocabulary.Of(content);
        towns = [.. content.Lists["municipalities"].Items.Select(PlaceOf)];
    }

    /// <summary>Pairs who do not want to meet, as far as the lines read so far name them in <c>blocked</c>.</summary>
    public List<(long One, long Other)> Blocked { get; } = [];

    /// <summary>The members in the order of the file.</summary>
    /// <exception cref="FileFaultException">The file is missing, or a line is not a member.</exception>
    public IEnumerable<Profile> Read()
    {
        HashSet<long> ids = [];
        foreach (var (number, line) in Lines(file))
        {
            if (line.Length == 0) continue;
            var profile = Parse(number, line);
            if (!ids.Add(profile.Id)) throw new FileFaultException(file, number, $"the id {profile.Id} stands in an earlier line too.");
            yield return profile;
        }
    }

    /// <summary>The lines of a file, from 1 on.</summary>
    internal static IEnumerable<(int Number, string Line)> Lines(string file)
    {
        StreamReader reader;
        try
        {
            reader = new StreamReader(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FileFaultException(file, 0, "the file cannot be opened. Is the path right?");
        }
        using (reader)
        {
            for (var number = 1; reader.ReadLine() is { } line; number++) yield return (number, line);
        }
    }

    private Profile Parse(int number, string text)
    {
        try
        {
            using var line = JsonDocument.Parse(text);
            return Parse(new MemberLine(line.RootElement));
        }
        catch (JsonException)
        {
            throw new FileFaultException(file, number, "this is not a JSON object; a member is one line.");
        }
        catch (FormatException fault)
        {
            throw new FileFaultException(file, number, fault.Message);
        }
    }

    private Profile Parse(MemberLine line)
    {
        var id = line.Number("id", 0, long.MaxValue);
        var capacity = (int)line.Number("capacity", 0, 1000, otherwise: 1);
        foreach (var other in line.Numbers("blocked", long.MaxValue)) Blocked.Add((id, other));
        var ratings = (int)line.Number("ratingCount", 0, 1_000_000, otherwise: 0);
        var role = line.Word("role", vocabulary.Roles, otherwise: "");
        var wanted = (uint)line.Number("seekRoles", 0, 0xFFFF, otherwise: 0);
        var forms = line.Numbers("forms", 3);
        if (forms.Count > vocabulary.Forms.Count) throw new FormatException($"\"forms\" has {forms.Count} entries; there are {vocabulary.Forms.Count} forms.");
        return new Profile
        {
            Id = id,
            Side = line.Word("side", ["LT", "PL"]) == "LT" ? Side.LT : Side.PL,
            Place = towns[(int)line.Number("muni", 0, towns.Count - 1)],
            Role = role,
            WantedRoles = vocabulary.Roles.Where((_, place) => (wanted >> place & 1) != 0).ToFrozenSet(),
            Languages = line.Levels("langs", vocabulary.Languages),
            OfferedTopics = line.Weights("offers", vocabulary.Topics),
            SoughtTopics = line.Weights("seeks", vocabulary.Topics),
            Offers = forms.Index().Where(form => form.Item > 0).Select(form => vocabulary.Forms[form.Index]).ToHashSet(),
            Seeks = forms.Index().Where(form => form.Item > 0).ToDictionary(form => vocabulary.Forms[form.Index], form => (int)form.Item),
            Available = line.Flag("active", otherwise: true),
            AcceptsTranslator = line.Flag("translator", otherwise: false),
            Rating = ratings > 0 ? line.Share("ratingMean") : 0,
            Ratings = ratings,
            Capacity = capacity,
            RoundsWaited = (int)line.Number("wait", 0, 1000, otherwise: 0),
        };
    }

    private static GeoPoint PlaceOf(ListItem town) => new(Degrees(town, "lat"), Degrees(town, "lon"));

    private static double Degrees(ListItem town, string attribute) =>
        double.Parse(town.Attributes[attribute], System.Globalization.CultureInfo.InvariantCulture);
}
