using System.Globalization;

namespace CrossBorderNetwork.Matching.Files;

/// <summary>
/// Pairs of earlier rounds as a file of <c>lt,pl[,kind or score]</c> lines under a header. Whatever became of a pair, it is not
/// introduced again; so the pairs that a round wrote can be given to the next.
/// </summary>
public static class HistoryFile
{
    /// <param name="file">Its path.</param>
    /// <param name="ids">The ids that the population has, with true for a Lithuanian; null to take any.</param>
    /// <exception cref="FileFaultException">The file is missing, or a line is not a pair.</exception>
    public static IEnumerable<(long Lithuanian, long Polish)> Read(string file, IReadOnlyDictionary<long, bool>? ids)
    {
        var hasHeader = false;
        foreach (var (number, line) in PopulationFile.Lines(file))
        {
            if (!hasHeader)
            {
                if (line.TrimStart('\uFEFF').Split(',') is not (["lt", "pl"] or ["lt", "pl", _]))
                    throw new FileFaultException(file, number, $"the columns are \"{line}\"; expected is lt,pl,kind.");
                hasHeader = true;
                continue;
            }
            if (line.Length == 0) continue;
            var fields = line.Split(',');
            if (fields.Length is not (2 or 3)) throw new FileFaultException(file, number, $"\"{line}\" has {fields.Length} columns; expected is lt,pl,kind.");
            yield return (Id(fields[0], "lt", isLithuanian: true), Id(fields[1], "pl", isLithuanian: false));

            long Id(string field, string column, bool isLithuanian)
            {
                if (!long.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                    throw new FileFaultException(file, number, $"\"{field}\" in column {column} is not the id of a member.");
                if (ids is null) return id;
                if (!ids.TryGetValue(id, out var side)) throw new FileFaultException(file, number, $"nobody has the id {id} of column {column}.");
                return side == isLithuanian ? id : throw new FileFaultException(file, number, $"the member {id} of column {column} is on the other side.");
            }
        }
        if (!hasHeader) throw new FileFaultException(file, 1, "the file is empty; expected is a header lt,pl,kind.");
    }
}
