using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Matching.Ranking;

/// <summary>Four topics of which the asker seeks or offers at least one: what to multiply with whose words.</summary>
internal readonly record struct TopicGroup(int Offers, int Seeks, uint Sought, uint Offered, uint Chosen);

/// <summary>Four forms of cooperation.</summary>
internal readonly record struct FormGroup(int Accepts, int Prefers, uint Preferred, uint Accepted);

/// <summary>Four languages: the asker's levels, and the full level where a bridge person leads on.</summary>
internal readonly record struct LanguageGroup(int Word, uint Levels, uint Reached);

/// <summary>One member who asks for partners, prepared for the kernel: only what is not empty is multiplied.</summary>
internal sealed class Asker
{
    public const int Roles = 16;

    private readonly float[] tables = new float[3 * Roles];

    public Asker(PackedProfile me, Score score)
    {
        Derived.Write(me, score);
        var layout = score.Vocabulary.Layout;
        var (weights, total) = (score.Weights, score.Weights.Total);
        Profile = me;
        var spread = new byte[3 * 4 * layout.TopicGroups];
        var row = 4 * layout.TopicGroups;
        for (var topic = 0; topic < score.Vocabulary.Topics.Count; topic++)
        {
            var rarity = score.Rarity[topic];
            spread[topic] = (byte)(me.Seeks[topic] * rarity);
            spread[row + topic] = (byte)(me.Offers[topic] * rarity);
            spread[(2 * row) + topic] = (byte)((me.Seeks[topic] | me.Offers[topic]) != 0 ? rarity : 0);
        }
        var topics = new List<TopicGroup>(layout.TopicGroups);
        for (var group = 0; group < layout.TopicGroups; group++)
        {
            if (Four(2, group) is not 0 and var some)
                topics.Add(new TopicGroup(layout.Offers + group, layout.Seeks + group, Four(0, group), Four(1, group), some));
        }
        Topics = [.. topics];
        var forms = new List<FormGroup>(layout.FormGroups);
        for (var group = 0; group < layout.FormGroups; group++)
        {
            var (preferred, accepted) = (me.Words[layout.Prefers + group], me.Words[layout.Accepts + group]);
            if ((preferred | accepted) != 0) forms.Add(new FormGroup(layout.Accepts + group, layout.Prefers + group, preferred, accepted));
        }
        Forms = [.. forms];
        var spoken = Score.Spoken(me);
        var reached = score.Bridges.ReachedFrom(spoken);
        Reached = spoken | reached;
        var languages = new List<LanguageGroup>(layout.LanguageGroups);
        for (var group = 0; group < layout.LanguageGroups; group++)
        {
            var (levels, leads) = (me.Words[layout.Languages + group], Spread(reached >> (4 * group)));
            if ((levels | leads) != 0) languages.Add(new LanguageGroup(layout.Languages + group, levels, leads));
        }
        Languages = [.. languages];
        UsesBridges = reached != 0;
        TranslatorMask = me.AcceptsTranslator ? PackedProfile.TranslatorBit : 0;
        RoleBit = 1u << (16 + me.Role);

        SeekInverse = Of(layout.SeekInverse);
        PreferInverse = Of(layout.PreferInverse);
        TopicTotal = Of(layout.TopicTotal);
        Quality = Of(layout.Quality);
        Visits = Of(layout.Visits);
        UndeclaredNeeds = (float)(weights.Needs * weights.Undeclared / total);
        UndeclaredForms = (float)(weights.Forms * weights.Undeclared / total);
        TwiceTopics = (float)(2 * weights.Topics / total);
        Distance = (float)(weights.Distance / total);
        WantedRole = (float)(weights.Role / total);
        UnwantedRole = (float)(weights.Role * weights.UnwantedRole / total);
        for (var level = 0; level <= Score.Third; level++) tables[level] = (float)(weights.Language * score.LanguageAt(level) / total);
        var anybody = new PackedProfile(layout);
        for (var role = 0; role <= score.Vocabulary.Roles.Count; role++)
        {
            tables[Roles + role] = (float)(weights.Role * score.RoleFor(me, role) / total);
            anybody.Words[layout.Traits] = (uint)role;
            tables[(2 * Roles) + role] = (float)(weights.Role * score.RoleFor(anybody, me.Role) / total);
        }

        uint Four(int number, int group) => BitConverter.ToUInt32(spread, (number * row) + (4 * group));

        float Of(int word) => BitConverter.UInt32BitsToSingle(me.Words[word]);
    }

    public PackedProfile Profile { get; }

    public TopicGroup[] Topics { get; }

    public FormGroup[] Forms { get; }

    public LanguageGroup[] Languages { get; }

    /// <summary>A bit for each language of those whom the asker can meet, alone or through a bridge person.</summary>
    public uint Reached { get; }

    public bool UsesBridges { get; }

    public uint TranslatorMask { get; }

    /// <summary>The asker's role as a bit among the wanted roles of others.</summary>
    public uint RoleBit { get; }

    public float SeekInverse { get; }

    public float PreferInverse { get; }

    public float TopicTotal { get; }

    public float Quality { get; }

    public float Visits { get; }

    public float UndeclaredNeeds { get; }

    public float UndeclaredForms { get; }

    public float TwiceTopics { get; }

    public float Distance { get; }

    public float WantedRole { get; }

    public float UnwantedRole { get; }

    /// <summary>The weighed language term by level.</summary>
    public ReadOnlySpan<float> LanguageTable => tables.AsSpan(0, Roles);

    /// <summary>The asker's weighed role term by the other's role.</summary>
    public ReadOnlySpan<float> RoleTable => tables.AsSpan(Roles, Roles);

    /// <summary>The weighed role term of others by their role, where they want no special one.</summary>
    public ReadOnlySpan<float> RoleOfOthersTable => tables.AsSpan(2 * Roles, Roles);

    // Four bits to four bytes of the highest level.
    private static uint Spread(uint bits) =>
        ((bits & 1) | ((bits & 2) << 7) | ((bits & 4) << 14) | ((bits & 8) << 21)) * (uint)Level.C2;
}
