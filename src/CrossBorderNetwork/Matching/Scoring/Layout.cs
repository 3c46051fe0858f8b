namespace CrossBorderNetwork.Matching.Scoring;

/// <summary>
/// Which 32-bit word of a packed member holds what. Topics, forms and languages take a byte each, four to a word; what only
/// re-scoring and the round read stands at the end.
/// </summary>
internal sealed class Layout
{
    public Layout(int topics, int forms, int languages)
    {
        TopicGroups = Groups(topics);
        FormGroups = Groups(forms);
        LanguageGroups = Groups(languages);
        Seeks = TopicGroups;
        Accepts = 2 * TopicGroups;
        Prefers = Accepts + FormGroups;
        Languages = Prefers + FormGroups;
        Traits = Languages + LanguageGroups;
        SeekInverse = Traits + 1;
        PreferInverse = Traits + 2;
        TopicTotal = Traits + 3;
        Quality = Traits + 4;
        Visits = Traits + 5;
        Town = Traits + 6;
        Price = Traits + 7;
        Rating = Traits + 8;
        LastActive = Traits + 9;
        Found = Traits + 10;
        Round = Traits + 11;
        Id = Traits + 12;
        Words = Traits + 14;
    }

    public int TopicGroups { get; }

    public int FormGroups { get; }

    public int LanguageGroups { get; }

    /// <summary>First word of how much each topic is offered; see <see cref="PackedProfile"/> for the unit.</summary>
    public int Offers { get; }

    public int Seeks { get; }

    public int Accepts { get; }

    public int Prefers { get; }

    public int Languages { get; }

    public int Traits { get; }

    public int SeekInverse { get; }

    public int PreferInverse { get; }

    public int TopicTotal { get; }

    public int Quality { get; }

    public int Visits { get; }

    public int Town { get; }

    public int Price { get; }

    public int Rating { get; }

    public int LastActive { get; }

    public int Found { get; }

    public int Round { get; }

    public int Id { get; }

    /// <summary>Words of one member.</summary>
    public int Words { get; }

    private static int Groups(int count) => (count + 3) / 4;
}
