using System.Text;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Texts;

/// <summary>A table as a file that every spreadsheet opens (CSV, RFC 4180), for lists that are too long for a message.</summary>
internal static class Spreadsheet
{
    public static FileContent Make(string name, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new StringBuilder();
        foreach (var row in rows.Prepend(header)) table.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        // With a byte order mark, by which spreadsheets know the letters of all languages.
        return new FileContent(name, "text/csv", [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(table.ToString())]);
    }

    /// <summary>Quoted, and never a formula: a name that begins like one would be carried out where it is opened.</summary>
    private static string Cell(string text) =>
        '"' + (text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" : "") + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
}
