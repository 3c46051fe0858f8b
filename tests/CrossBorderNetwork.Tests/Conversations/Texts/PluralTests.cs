using System.Globalization;
using CrossBorderNetwork.Conversations;

namespace CrossBorderNetwork.Tests.Conversations.Texts;

/// <summary>The tables come from CLDR 48 (Intl.PluralRules): one letter for each number from 0 on; f few, m many, o other.</summary>
public sealed class PluralTests
{
    private const string Lithuanian =
        "o1ffffffffooooooooooo1ffffffffo1ffffffffo1ffffffffo1ffffffffo1ffffffffo1ffffffffo1ffffffffo1ffffffffo" +
        "1ffffffffooooooooooo1ffffffffo1ffffffffo1ffffffffo1ffffffffo1ffffffffo1ffffffffo1ffffffffo1ffffffffo";

    private const string Polish =
        "m1fffmmmmmmmmmmmmmmmmmfffmmmmmmmfffmmmmmmmfffmmmmmmmfffmmmmmmmfffmmmmmmmfffmmmmmmmfffmmmmmmmfffmmmmmm" +
        "mfffmmmmmmmmmmmmmmmmmfffmmmmmmmfffmmmmmmmfffmmmmmmmfffmmmmmmmfffmmmmmmmfffmmmmmmmfffmmmmmmmfffmmmmmm";

    public static TheoryData<string, string> Tables() => new() { { "lt", Lithuanian }, { "pl", Polish }, { "en", "o1" + new string('o', 199) } };

    [Theory]
    [MemberData(nameof(Tables))]
    public void Whole_numbers_fall_into_the_categories_of_CLDR(string language, string table) =>
        string.Concat(Enumerable.Range(0, 201).Select(number => Letter(Plural.Category(language, number)))).ShouldBe(table);

    [Theory]
    [InlineData("lt", "0.0:other 1.0:one 2.0:few 5.0:few 10.0:other 11.0:other 21.0:one 22.0:few 100.0:other 101.0:one 112.0:other 0.1:many 0.5:many 1.5:many 2.5:many 10.1:many 14.5:many 1.00:one 1.25:many 3.10:many")]
    [InlineData("pl", "0.0:other 1.0:other 2.0:other 5.0:other 22.0:other 112.0:other 0.1:other 1.5:other 14.5:other 1.00:other 3.10:other")]
    [InlineData("en", "0.0:other 1.0:other 2.0:other 0.1:other 1.5:other 1.00:other")]
    public void Decimal_numbers_fall_into_the_categories_of_CLDR(string language, string table)
    {
        foreach (var pair in table.Split(' ').Select(pair => pair.Split(':')))
            Plural.Category(language, decimal.Parse(pair[0], CultureInfo.InvariantCulture)).ShouldBe(pair[1], $"{pair[0]} in {language}");
    }

    [Fact]
    public void A_debt_counts_like_a_credit() => Plural.Category("pl", -3).ShouldBe("few");

    private static char Letter(string category) => category == "one" ? '1' : category[0];
}
