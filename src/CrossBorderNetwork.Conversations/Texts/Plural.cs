namespace CrossBorderNetwork.Conversations;

/// <summary>Plural categories of whole and decimal numbers by the CLDR rules (cldr 48) for the languages of the network.</summary>
public static class Plural
{
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Categories = new Dictionary<string, IReadOnlyList<string>>
    {
        ["lt"] = ["one", "few", "many", "other"],
        ["pl"] = ["one", "few", "many", "other"],
        ["en"] = ["one", "other"],
    };

    /// <returns><c>one</c>, <c>few</c>, <c>many</c> or <c>other</c>.</returns>
    public static string Category(string language, decimal number)
    {
        var absolute = Math.Abs(number);
        // Trailing zeros count as visible decimals (1.0 is not 1), as decimal keeps them.
        var whole = absolute.Scale == 0;
        var n10 = absolute % 10;
        var n100 = absolute % 100;
        return language switch
        {
            "lt" when whole => n100 is >= 11 and <= 19 ? "other" : n10 == 1 ? "one" : n10 is >= 2 and <= 9 ? "few" : "other",
            "lt" => LithuanianDecimal(absolute),
            "pl" when whole => absolute == 1 ? "one" : n10 is >= 2 and <= 4 && n100 is not (>= 12 and <= 14) ? "few" : "many",
            "pl" => "other",
            _ => whole && absolute == 1 ? "one" : "other",
        };
    }

    private static string LithuanianDecimal(decimal n)
    {
        if (n != decimal.Truncate(n)) return "many";
        var n10 = n % 10;
        var n100 = n % 100;
        return n100 is >= 11 and <= 19 ? "other" : n10 == 1 ? "one" : n10 is >= 2 and <= 9 ? "few" : "other";
    }
}
