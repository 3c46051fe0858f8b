using System.Text.Json;
using CrossBorderNetwork.Texts;

namespace CrossBorderNetwork.Tests.Texts;

public sealed class LocalizedTextTests
{
    [Theory]
    [InlineData("lt", "Labas", "lt")]
    [InlineData("pl", "Hello", "en")]
    [InlineData("en", "Hello", "en")]
    public void A_reader_gets_the_own_language_else_English(string reader, string text, string used) =>
        Text(("lt", "Labas"), ("en", "Hello"), ("pl", " ")).For(reader).ShouldBe((text, used));

    [Fact]
    public void Without_English_the_next_language_is_used() => Text(("pl", "Cześć")).For("lt").ShouldBe(("Cześć", "pl"));

    [Fact]
    public void A_blank_text_counts_as_missing()
    {
        var text = Text(("lt", ""), ("pl", "Cześć"));

        text.Present.ShouldBe(["pl"]);
        text.Missing.ShouldBe(["lt", "en"]);
        Text(("lt", "\n")).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void It_is_a_value_and_survives_its_JSON()
    {
        var text = Text(("lt", "Ąžuolas „A“"), ("pl", "Dąb"));

        JsonSerializer.Deserialize<LocalizedText>(JsonSerializer.Serialize(text)).ShouldBe(text);
        text.ShouldNotBe(Text(("lt", "Ąžuolas „A“")));
    }

    private static LocalizedText Text(params (string Language, string Text)[] texts) => new(texts.Select(text => KeyValuePair.Create(text.Language, text.Text)));
}
