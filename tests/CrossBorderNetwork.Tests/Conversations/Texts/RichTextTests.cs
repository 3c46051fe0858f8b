using CrossBorderNetwork.Messaging;
using FsCheck;
using FsCheck.Fluent;

namespace CrossBorderNetwork.Tests.Conversations.Texts;

public sealed class RichTextTests
{
    [Fact]
    public void What_fits_stays_whole()
    {
        var text = new RichText([new Run("Hello "), new Run("Ona", RunStyle.Bold)]);

        text.Split(9).ShouldBe([text]);
    }

    [Fact]
    public void A_long_text_is_cut_at_line_ends_and_blanks_and_keeps_its_style()
    {
        var pieces = new RichText([new Run("one two\nthree "), new Run("four five six", RunStyle.Bold)]).Split(10);

        pieces.Select(piece => piece.ToString()).ShouldBe(["one two", "three four", "five six"]);
        pieces[2].Runs.ShouldHaveSingleItem().Style.ShouldBe(RunStyle.Bold);
    }

    [Fact]
    public void A_word_longer_than_a_piece_is_cut_but_never_inside_a_character()
    {
        var pieces = RichText.Plain(string.Concat(Enumerable.Repeat("😀", 10))).Split(5);

        pieces.ShouldAllBe(piece => piece.ToString().Length == 4);
        pieces.Count.ShouldBe(5);
    }

    [Fact]
    public void Every_piece_fits_and_nothing_but_blanks_is_lost() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>[]>(), Gen.Choose(2, 40).ToArbitrary(), (texts, limit) =>
        {
            var text = new RichText([.. texts.Select(part => new Run(part.Get))]);
            var pieces = text.Split(limit);
            return pieces.All(piece => piece.ToString().Length <= limit)
                && Solid(string.Concat(pieces.Select(piece => piece.ToString()))) == Solid(text.ToString());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Empty_paragraphs_are_left_out() =>
        RichText.Paragraphs(RichText.Plain("a"), RichText.Empty, RichText.Plain("b")).ToString().ShouldBe("a\n\nb");

    private static string Solid(string text) => string.Concat(text.Where(sign => sign is not ('\n' or ' ')));
}
