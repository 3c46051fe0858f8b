using System.Data;
using System.Globalization;
using CrossBorderNetwork.Messaging;
using MiniExcelLibs;

namespace CrossBorderNetwork.Workbooks;

/// <summary>One sheet: a table with a heading for each column.</summary>
/// <param name="Name">At most 31 characters, without any of <c>\ / ? * [ ] :</c>.</param>
/// <param name="Columns">Headings, each once.</param>
/// <param name="Rows">Numbers as numbers, the rest as text; null leaves a cell empty.</param>
public sealed record Sheet(string Name, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);

/// <summary>
/// Writes tables as an Excel file. What people wrote never becomes a formula: a text that a spreadsheet would run begins with an
/// apostrophe (OWASP, CSV injection).
/// </summary>
public static class Workbook
{
    private const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private const string Dangerous = "=+-@\t\r";

    /// <param name="name">The file's name without its ending.</param>
    /// <param name="sheets">At least one.</param>
    public static FileContent Of(string name, IReadOnlyList<Sheet> sheets)
    {
        using var content = new MemoryStream();
        content.SaveAs(sheets.ToDictionary(sheet => sheet.Name, sheet => (object)TableOf(sheet)));
        return new FileContent(name + ".xlsx", MediaType, content.ToArray());
    }

    /// <summary>A text that no spreadsheet runs.</summary>
    public static string Harmless(string text) => text.Length > 0 && Dangerous.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;

    private static DataTable TableOf(Sheet sheet)
    {
        var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        foreach (var column in sheet.Columns) table.Columns.Add(Harmless(column), typeof(object));
        foreach (var row in sheet.Rows) table.Rows.Add([.. row.Select(cell => cell is string text ? Harmless(text) : cell)]);
        return table;
    }
}
