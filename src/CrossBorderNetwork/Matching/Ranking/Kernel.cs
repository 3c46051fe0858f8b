using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Matching.Ranking;

/// <summary>
/// The score of one member with 256 others, 16 at a time, in single precision: never further than <see cref="Error"/> from
/// <see cref="Score"/>. Whole numbers first, then the same few roundings in the same order on every processor: with AVX-512,
/// AVX2 or nothing the bits are the same.
/// </summary>
internal static class Kernel
{
    /// <summary>More than single precision can take from a score: its dozen roundings make at most a quarter of it.</summary>
    public const float Error = 2e-6f;

    public const float NotFeasible = -1;

    private const int Lanes = 16;

    /// <summary>Fills in the scores, <see cref="NotFeasible"/> for whoever the asker cannot talk with.</summary>
    /// <param name="asker">Whose partners are scored.</param>
    /// <param name="block">The others.</param>
    /// <param name="lost">The distance term lost to each of them.</param>
    /// <param name="scores">256 places.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Score(Asker asker, Block block, ReadOnlySpan<float> lost, Span<float> scores)
    {
        var layout = block.Layout;
        ref var words = ref MemoryMarshal.GetReference(block.Words);
        ref var lostHere = ref MemoryMarshal.GetReference(lost);
        ref var result = ref MemoryMarshal.GetReference(scores);
        var languages = asker.Languages.AsSpan();
        var topics = asker.Topics.AsSpan();
        var forms = asker.Forms.AsSpan();
        var languageTable = Vector512.Create(asker.LanguageTable);
        var roleTable = Vector512.Create(asker.RoleTable);
        var roleOfOthersTable = Vector512.Create(asker.RoleOfOthersTable);
        var low = Vector512.Create(0xFFFFu);

        for (var first = 0; first < Block.Size; first += Lanes)
        {
            var traits = Load(ref words, layout.Traits, first);
            var level = Level(asker, languages, ref words, first, traits);
            var feasible = ~Vector512.Equals(level, Vector512<uint>.Zero);
            if (feasible == Vector512<uint>.Zero)
            {
                Vector512.Create(NotFeasible).StoreUnsafe(ref result, (nuint)first);
                continue;
            }

            var (met, give, shared) = (Vector512<ushort>.Zero, Vector512<ushort>.Zero, Vector512<ushort>.Zero);
            foreach (ref readonly var group in topics)
            {
                var offers = Load(ref words, group.Offers, first).AsByte();
                var seeks = Load(ref words, group.Seeks, first).AsByte();
                met += Products(offers, group.Sought);
                give += Products(seeks, group.Offered);
                shared += Products(Vector512.Min(offers | seeks, Vector512<byte>.One), group.Chosen);
            }
            var (formsMet, formsGiven) = (Vector512<ushort>.Zero, Vector512<ushort>.Zero);
            foreach (ref readonly var group in forms)
            {
                formsMet += Products(Load(ref words, group.Accepts, first).AsByte(), group.Preferred);
                formsGiven += Products(Load(ref words, group.Prefers, first).AsByte(), group.Accepted);
            }

            var needs = asker.SeekInverse > 0
                ? Sum(met, low) * Vector512.Create(asker.SeekInverse)
                : Vector512.Create(asker.UndeclaredNeeds);
            var wishes = asker.PreferInverse > 0
                ? Sum(formsMet, low) * Vector512.Create(asker.PreferInverse)
                : Vector512.Create(asker.UndeclaredForms);
            var inverse = LoadSingle(ref words, layout.SeekInverse, first);
            var theirNeeds = Vector512.ConditionalSelect(
                Vector512.Equals(inverse, Vector512<float>.Zero), Vector512.Create(asker.UndeclaredNeeds), Sum(give, low) * inverse);
            inverse = LoadSingle(ref words, layout.PreferInverse, first);
            var theirWishes = Vector512.ConditionalSelect(
                Vector512.Equals(inverse, Vector512<float>.Zero), Vector512.Create(asker.UndeclaredForms), Sum(formsGiven, low) * inverse);

            var common = Lookup(languageTable, level);
            if (asker.TopicTotal > 0)
            {
                common += Sum(shared, low) * Vector512.Create(asker.TwiceTopics)
                    / (LoadSingle(ref words, layout.TopicTotal, first) + Vector512.Create(asker.TopicTotal));
            }

            var role = Lookup(roleTable, traits & Vector512.Create(15u));
            var wanted = Vector512.ConditionalSelect(
                Vector512.Equals(traits & Vector512.Create(asker.RoleBit), Vector512<uint>.Zero).AsSingle(),
                Vector512.Create(asker.UnwantedRole),
                Vector512.Create(asker.WantedRole));
            var theirRole = Vector512.ConditionalSelect(
                Vector512.Equals(traits >> 16, Vector512<uint>.Zero).AsSingle(),
                Lookup(roleOfOthersTable, traits & Vector512.Create(15u)),
                wanted);

            var gone = Vector512.LoadUnsafe(ref lostHere, (nuint)first);
            var distance = Vector512.Create(asker.Distance);
            var mine = (needs + wishes + role + common + (distance - (gone * Vector512.Create(asker.Visits))))
                * LoadSingle(ref words, layout.Quality, first);
            var theirs = (theirNeeds + theirWishes + theirRole + common + (distance - (gone * LoadSingle(ref words, layout.Visits, first))))
                * Vector512.Create(asker.Quality);
            var sum = mine + theirs;
            var score = (mine * theirs) * Vector512.Create(2f) / Vector512.Max(sum, Vector512.Create(float.Epsilon));
            Vector512.ConditionalSelect(feasible.AsSingle(), score, Vector512.Create(NotFeasible)).StoreUnsafe(ref result, (nuint)first);
        }
    }

    // The weaker speaker's level in the best language, a third person's number, or 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Level(
        Asker asker, ReadOnlySpan<LanguageGroup> languages, ref uint words, int first, Vector512<uint> traits)
    {
        var best = Vector512<byte>.Zero;
        foreach (ref readonly var group in languages)
            best = Vector512.Max(best, Vector512.Min(Load(ref words, group.Word, first).AsByte(), Vector512.Create(group.Levels).AsByte()));
        var level = Highest(best);

        var third = traits & Vector512.Create(asker.TranslatorMask);
        if (asker.UsesBridges)
        {
            var reached = Vector512<byte>.Zero;
            foreach (ref readonly var group in languages)
                reached = Vector512.Max(reached, Vector512.Min(Load(ref words, group.Word, first).AsByte(), Vector512.Create(group.Reached).AsByte()));
            third |= Vector512.GreaterThan(Highest(reached), Vector512<uint>.One);
        }
        var otherwise = Vector512.ConditionalSelect(
            Vector512.Equals(third, Vector512<uint>.Zero), Vector512<uint>.Zero, Vector512.Create((uint)Scoring.Score.Third));
        return Vector512.ConditionalSelect(Vector512.GreaterThan(level, Vector512<uint>.One), level, otherwise);
    }

    /// <summary>The highest of the four bytes of each word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Highest(Vector512<byte> bytes)
    {
        var halves = Vector512.Max(bytes, (bytes.AsUInt32() >> 16).AsByte());
        return Vector512.Max(halves, (halves.AsUInt32() >> 8).AsByte()).AsUInt32() & Vector512.Create(0xFFu);
    }

    /// <summary>Products of bytes, added in pairs. No sum of a profile's products passes 20,000, so nothing overflows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ushort> Products(Vector512<byte> others, uint mine)
    {
        var four = Vector512.Create(mine);
        if (Avx512BW.IsSupported) return Avx512BW.MultiplyAddAdjacent(others, four.AsSByte()).AsUInt16();
        if (Avx2.IsSupported)
        {
            return Vector512.Create(
                Avx2.MultiplyAddAdjacent(others.GetLower(), four.GetLower().AsSByte()),
                Avx2.MultiplyAddAdjacent(others.GetUpper(), four.GetUpper().AsSByte())).AsUInt16();
        }

        var (pairs, factors, even) = (others.AsUInt16(), four.AsUInt16(), Vector512.Create((ushort)0xFF));
        return ((pairs & even) * (factors & even)) + ((pairs >> 8) * (factors >> 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Sum(Vector512<ushort> pairs, Vector512<uint> low) =>
        Vector512.ConvertToSingle(((pairs.AsUInt32() & low) + (pairs.AsUInt32() >> 16)).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Lookup(Vector512<float> table, Vector512<uint> numbers)
    {
        if (Avx512F.IsSupported) return Avx512F.PermuteVar16x32(table, numbers.AsInt32());
        if (Avx2.IsSupported) return Vector512.Create(Lookup(table, numbers.GetLower()), Lookup(table, numbers.GetUpper()));
        return Vector512.Shuffle(table, numbers.AsInt32());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Lookup(Vector512<float> table, Vector256<uint> numbers) => Vector256.ConditionalSelect(
        Vector256.GreaterThan(numbers, Vector256.Create(7u)).AsSingle(),
        Avx2.PermuteVar8x32(table.GetUpper(), numbers.AsInt32()),
        Avx2.PermuteVar8x32(table.GetLower(), numbers.AsInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Load(ref uint words, int word, int first) =>
        Vector512.LoadUnsafe(ref words, (nuint)((word * Block.Size) + first));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LoadSingle(ref uint words, int word, int first) => Load(ref words, word, first).AsSingle();
}
