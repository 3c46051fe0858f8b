using System.Text;
using CrossBorderNetwork.Messaging;
using Microsoft.AspNetCore.Http;
using static System.Net.WebUtility;

namespace CrossBorderNetwork.Channels.WebChat;

/// <summary>
/// A page of text beside the chat, such as the privacy notice, which the host supplies. A paragraph that is bold from end to end is a
/// heading; the first one names the page.
/// </summary>
/// <param name="Path">Where it is found, with the slash.</param>
/// <param name="Text">The text in a language.</param>
public sealed record TextPage(string Path, Func<string, RichText> Text);

/// <summary>Shows the text pages in the frame of the chat.</summary>
internal sealed class TextPages(PageFrame frame, WebChatTexts texts)
{
    public IResult Show(HttpContext http, TextPage page)
    {
        if (PageLanguage.TryChoose(http) is { } redirect) return redirect;
        var language = PageLanguage.Of(http);
        var paragraphs = Paragraphs(page.Text(language));
        var name = HtmlEncode(texts[language, "name"]);
        var html = new StringBuilder("""<main class="text">""");
        for (var i = 0; i < paragraphs.Count; i++)
        {
            var tag = !IsHeading(paragraphs[i]) ? "p" : i == 0 ? "h1" : "h2";
            html.Append('<').Append(tag).Append('>').AppendJoin("", paragraphs[i].Select(run => Write(run, tag == "p"))).Append("</").Append(tag).Append('>');
        }
        html.Append("<p><a href=\"/\">").Append(HtmlEncode(texts[language, "to_chat"])).Append("</a></p></main>");
        var title = paragraphs.Count > 0 ? string.Concat(paragraphs[0].Select(run => run.Text)) : "";
        return frame.Show(http, PageFrame.NewNonce(), new FramedPage($"{title} – {texts[language, "name"]}", $"""<p class="name"><a href="/">{name}</a></p>""", html.ToString(), BodyClass: "text"));
    }

    private static List<List<Run>> Paragraphs(RichText text)
    {
        List<List<Run>> paragraphs = [[]];
        foreach (var run in text.Runs)
        {
            foreach (var (i, piece) in run.Text.Split("\n\n").Index())
            {
                if (i > 0) paragraphs.Add([]);
                if (piece.Length > 0) paragraphs[^1].Add(run with { Text = piece });
            }
        }
        return [.. paragraphs.Where(paragraph => paragraph.Exists(run => !string.IsNullOrWhiteSpace(run.Text)))];
    }

    private static bool IsHeading(List<Run> paragraph) => paragraph.TrueForAll(run => run.Style.HasFlag(RunStyle.Bold) || string.IsNullOrWhiteSpace(run.Text));

    private static string Write(Run run, bool keepsStyle)
    {
        var words = HtmlEncode(run.Text).Replace("\n", "<br>", StringComparison.Ordinal);
        if (run.Link is { } link) words = $"<a href=\"{HtmlEncode(link)}\">{words}</a>";
        return keepsStyle && run.Style.HasFlag(RunStyle.Bold) ? $"<strong>{words}</strong>" : words;
    }
}
