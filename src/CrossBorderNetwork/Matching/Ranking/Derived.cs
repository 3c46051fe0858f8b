using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Matching.Ranking;

/// <summary>What the kernel needs of a member and the weights, the rarity of topics or the day decide. Single precision.</summary>
internal static class Derived
{
    public static void Write(PackedProfile profile, Score score)
    {
        var layout = score.Vocabulary.Layout;
        var (weights, total) = (score.Weights, score.Weights.Total);
        var wanted = score.Wanted(profile);
        var forms = Score.FormsWanted(profile);
        Set(layout.SeekInverse, wanted > 0 ? weights.Needs / total / (PackedProfile.FullOffer * wanted) : 0);
        Set(layout.PreferInverse, forms > 0 ? weights.Forms / total / forms : 0);
        Set(layout.TopicTotal, score.TopicTotal(profile));
        Set(layout.Quality, score.Quality(profile));
        Set(layout.Visits, score.VisitShare(profile));

        void Set(int word, double value) => profile.Words[word] = BitConverter.SingleToUInt32Bits((float)value);
    }
}
