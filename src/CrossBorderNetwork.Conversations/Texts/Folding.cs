using System.Globalization;
using System.Text;

namespace CrossBorderNetwork.Conversations;

/// <summary>Makes what people type comparable: without case, diacritics and punctuation, so that "suwalki" finds "Suwałki".</summary>
public static class Folding
{
    /// <summary>From this misfit on a typing slip is assumed.</summary>
    internal const int FirstSlip = 4;

    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var sign in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(sign) is UnicodeCategory.NonSpacingMark) continue;
            // The stroke of ł is no mark of its own and does not decompose.
            if (sign is 'ł' or 'Ł') folded.Append('l');
            else if (char.IsLetterOrDigit(sign)) folded.Append(char.ToLowerInvariant(sign));
            else if (folded.Length > 0 && folded[^1] != ' ') folded.Append(' ');
        }
        if (folded.Length > 0 && folded[^1] == ' ') folded.Length--;
        return folded.ToString();
    }

    /// <summary>
    /// How badly <paramref name="query"/> fits <paramref name="name"/>, both folded: 0 the same, 1 its beginning, 2 the beginning
    /// of a word in it, 3 inside, 4 and more with typing slips (one from five letters on, two from nine on); null where it doesn't fit.
    /// </summary>
    public static int? Misfit(string query, string name)
    {
        if (query.Length == 0) return null;
        if (name == query) return 0;
        if (name.StartsWith(query, StringComparison.Ordinal)) return 1;
        if (name.Contains(' ' + query, StringComparison.Ordinal)) return 2;
        if (query.Length >= 3 && name.Contains(query, StringComparison.Ordinal)) return 3;
        var allowed = query.Length >= 9 ? 2 : query.Length >= 5 ? 1 : 0;
        if (allowed == 0) return null;
        var slips = name.Split(' ').Append(name).Min(word => Slips(query, word, allowed));
        return slips <= allowed ? FirstSlip - 1 + slips : null;
    }

    /// <summary>Optimal string alignment distance between the query and the beginning of the word, cut off above the limit.</summary>
    private static int Slips(string query, string word, int limit)
    {
        if (word.Length < query.Length - limit) return limit + 1;
        Span<int> before = stackalloc int[word.Length + 1];
        Span<int> previous = stackalloc int[word.Length + 1];
        Span<int> current = stackalloc int[word.Length + 1];
        for (var j = 0; j <= word.Length; j++) previous[j] = j;
        for (var i = 1; i <= query.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= word.Length; j++)
            {
                var cost = query[i - 1] == word[j - 1] ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
                if (i > 1 && j > 1 && query[i - 1] == word[j - 2] && query[i - 2] == word[j - 1]) current[j] = Math.Min(current[j], before[j - 2] + 1);
            }
            previous.CopyTo(before);
            current.CopyTo(previous);
        }
        var best = limit + 1;
        for (var j = Math.Max(0, query.Length - limit); j <= word.Length; j++) best = Math.Min(best, previous[j]);
        return best;
    }
}
