using CrossBorderNetwork.Conversations;

namespace CrossBorderNetwork.Tests.Conversations.Texts;

public sealed class TemplateTests
{
    [Theory]
    [InlineData("Hello {", "a { must be followed by the name of a value")]
    [InlineData("Hello {}", "a { must be followed by the name of a value")]
    [InlineData("Hello {name", "a } is missing after {name")]
    [InlineData("Hello name}", "a } stands without its {")]
    [InlineData("{at, day}", "'day' is not a format (known: plural, select, label")]
    [InlineData("{role, label}", "'label' needs the name of a list: {role, label, topics}")]
    [InlineData("{role, label, roles", "a } is missing at position")]
    [InlineData("{n, plural, one {# day}}", "{n, plural, …} has no case 'other'")]
    [InlineData("{n, plural, one {# day} other {# days}", "a case is missing")]
    [InlineData("{n, plural, other {# days}", "a case is missing")]
    [InlineData("{n, plural, other # days}", "a { is missing at position")]
    [InlineData("{x, select, {y}}", "a case is missing")]
    [InlineData("{x, select, a {one} other {two", "a } is missing at the end")]
    [InlineData("**bold", "a ** is not closed")]
    [InlineData("_slanted", "an _ is not closed")]
    [InlineData("[label]", "must be followed by its (address)")]
    [InlineData("[label](https://x", "a ) is missing at the end")]
    [InlineData("[label", "a ] is missing at the end")]
    [InlineData("<b>bold</b>", "HTML tags are not used here")]
    public void A_slip_in_a_sentence_is_named_in_words_for_its_writer(string source, string fault) =>
        Should.Throw<FormatException>(() => Template.Parse(source)).Message.ShouldContain(fault);

    [Theory]
    [InlineData("")]
    [InlineData("3 < 5 and 5 > 3, #1, 2*3, a@b.c")]
    [InlineData("\\{x\\} \\_ \\* \\[ \\\\")]
    [InlineData("{n, plural, =0 {none} one {# {role, select, a {x} other {y}}} other {#}}")]
    [InlineData("{ n , plural , one { # } other { # } }")]
    public void What_is_right_is_taken(string source) => Should.NotThrow(() => Template.Parse(source));

    [Fact]
    public void All_values_of_a_sentence_are_known_even_inside_cases_and_links() =>
        Template.Parse("{a} {n, plural, one {{b}} other {{c, select, x {{d}} other {}}}} [{e}](https://{f})").ValueNames()
            .ShouldBe(["a", "n", "b", "c", "d", "e", "f"], ignoreOrder: true);
}
