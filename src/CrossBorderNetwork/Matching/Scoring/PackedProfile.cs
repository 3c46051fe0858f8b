using System.Runtime.InteropServices;

namespace CrossBorderNetwork.Matching.Scoring;

/// <summary>
/// A profile in small whole numbers, as the score counts with it; the same words stand in the blocks that ranking scans. Offers
/// are in 25ths (13 for strength 1 to 25 for strength 5), seeks 1..5, forms 0..3, languages 0..6: all sums of products are exact.
/// </summary>
internal sealed class PackedProfile
{
    /// <summary>The unit of offers: a full offer of a topic.</summary>
    public const int FullOffer = 25;

    public const uint TranslatorBit = 16;

    private readonly Layout layout;

    public PackedProfile(Layout layout) => (this.layout, Words) = (layout, new uint[layout.Words]);

    public uint[] Words { get; }

    public long Id
    {
        get => (long)(Words[layout.Id] | ((ulong)Words[layout.Id + 1] << 32));
        private init => (Words[layout.Id], Words[layout.Id + 1]) = ((uint)value, (uint)(value >> 32));
    }

    public GeoPoint Place { get; init; }

    public Side Side { get; init; }

    public bool Bridge { get; init; }

    public ReadOnlySpan<byte> Offers => Bytes(layout.Offers, layout.TopicGroups);

    public ReadOnlySpan<byte> Seeks => Bytes(layout.Seeks, layout.TopicGroups);

    public ReadOnlySpan<byte> Accepts => Bytes(layout.Accepts, layout.FormGroups);

    public ReadOnlySpan<byte> Prefers => Bytes(layout.Prefers, layout.FormGroups);

    public ReadOnlySpan<byte> Languages => Bytes(layout.Languages, layout.LanguageGroups);

    public int Role => (int)(Words[layout.Traits] & 15);

    public bool AcceptsTranslator => (Words[layout.Traits] & TranslatorBit) != 0;

    /// <summary>A bit for each wanted role; 0 for any.</summary>
    public uint WantedRoles => Words[layout.Traits] >> 16;

    /// <summary>Number of the place in the table of towns.</summary>
    public int Town
    {
        get => (int)Words[layout.Town];
        set => Words[layout.Town] = (uint)value;
    }

    /// <summary>0..1, towards the usual where ratings are few.</summary>
    public double Rating => BitConverter.UInt32BitsToSingle(Words[layout.Rating]);

    public int LastActiveDay => (int)Words[layout.LastActive];

    public int TimesFound => (int)Words[layout.Found];

    public int Capacity => (int)(Words[layout.Round] & 0xFFFF);

    public int RoundsWaited => (int)(Words[layout.Round] >> 16);

    public static PackedProfile Of(Profile profile, Vocabulary vocabulary, ScoreWeights weights)
    {
        var words = vocabulary.Layout;
        var packed = new PackedProfile(words) { Id = profile.Id, Place = profile.Place, Side = profile.Side, Bridge = profile.Bridge };
        foreach (var topic in profile.Topics)
        {
            Raise(packed.Bytes(words.Offers, words.TopicGroups), vocabulary.Topic(topic), OfferOf(Profile.Usual));
            Raise(packed.Bytes(words.Seeks, words.TopicGroups), vocabulary.Topic(topic), Profile.Usual);
        }
        foreach (var (topic, strength) in profile.OfferedTopics)
            Raise(packed.Bytes(words.Offers, words.TopicGroups), vocabulary.Topic(topic), OfferOf(strength));
        foreach (var (topic, need) in profile.SoughtTopics)
            Raise(packed.Bytes(words.Seeks, words.TopicGroups), vocabulary.Topic(topic), Math.Clamp(need, 0, 5));
        foreach (var form in profile.Offers)
            Raise(packed.Bytes(words.Accepts, words.FormGroups), vocabulary.Form(form), 1);
        foreach (var (form, wish) in profile.Seeks)
            Raise(packed.Bytes(words.Prefers, words.FormGroups), vocabulary.Form(form), Math.Clamp(wish, 0, 3));
        foreach (var (language, level) in profile.Languages)
            Raise(packed.Bytes(words.Languages, words.LanguageGroups), vocabulary.Language(language), Math.Clamp((int)level, 0, 6));

        var wanted = profile.WantedRoles.Select(vocabulary.Role).Where(role => role < vocabulary.Roles.Count).Aggregate(0u, (mask, role) => mask | (1u << role));
        packed.Words[words.Traits] = (uint)vocabulary.Role(profile.Role) | (profile.AcceptsTranslator ? TranslatorBit : 0) | (wanted << 16);
        var rating = ((weights.UsualRating * weights.UsualRatings) + (profile.Rating * profile.Ratings)) / (weights.UsualRatings + profile.Ratings);
        packed.Words[words.Rating] = BitConverter.SingleToUInt32Bits((float)Math.Clamp(rating, 0, 1));
        packed.Words[words.LastActive] = profile.LastActive is { } active ? (uint)DateOnly.FromDateTime(active.UtcDateTime).DayNumber : int.MaxValue;
        packed.Words[words.Found] = (uint)Math.Max(0, profile.TimesFound);
        packed.Words[words.Round] = (uint)Math.Clamp(profile.Capacity, 0, 0xFFFF) | ((uint)Math.Clamp(profile.RoundsWaited, 0, 0xFFFF) << 16);
        return packed;
    }

    private static int OfferOf(int strength) => strength <= 0 ? 0 : 10 + (3 * Math.Min(strength, 5));

    // The larger counts where a key is given twice.
    private static void Raise(Span<byte> bytes, int place, int value)
    {
        if (place >= 0) bytes[place] = Math.Max(bytes[place], (byte)value);
    }

    private Span<byte> Bytes(int word, int groups) => MemoryMarshal.AsBytes(Words.AsSpan(word, groups));
}
