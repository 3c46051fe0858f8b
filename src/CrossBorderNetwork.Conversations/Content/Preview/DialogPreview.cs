using System.Globalization;
using System.Net;
using System.Text;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Conversations;

/// <summary>
/// One HTML page that shows every sentence of every dialog in all languages side by side, as a reader sees it, for those who
/// write and check them. Values are samples; what an action offers or says on its own is not shown.
/// </summary>
public static class DialogPreview
{
    private const int ButtonsShown = 8;

    private static readonly string[] YesAndNo = ["yes", "no"];
    private static readonly string[] Columns = ["en", "lt", "pl"];
    private static readonly Dictionary<string, string> Names = new() { ["en"] = "English", ["lt"] = "Lietuvių", ["pl"] = "Polski" };

    /// <returns>The whole page, without reference to anything outside it.</returns>
    public static string Render(DialogContent content)
    {
        var page = new StringBuilder(PreviewStyle.Head);
        page.Append("<nav><h1>Dialogs</h1><ul>");
        foreach (var dialog in content.Dialogs.Values) page.Append(CultureInfo.InvariantCulture, $"<li><a href=\"#{Escape(dialog.Name)}\">{Escape(dialog.Name)}</a> <small>{Escape(Commands(dialog))}</small></li>");
        foreach (var texts in WithoutDialog(content)) page.Append(CultureInfo.InvariantCulture, $"<li><a href=\"#{Escape(texts.Name)}\">{Escape(texts.Name)}</a> <small>texts only</small></li>");
        page.Append("</ul></nav><main>");
        foreach (var dialog in content.Dialogs.Values) WriteDialog(page, content, dialog);
        foreach (var texts in WithoutDialog(content))
        {
            page.Append(CultureInfo.InvariantCulture, $"<section id=\"{Escape(texts.Name)}\"><h2>{Escape(texts.Name)}</h2>");
            WriteRest(page, content, texts, []);
            page.Append("</section>");
        }
        return page.Append("</main></body></html>\n").ToString();
    }

    private static IEnumerable<TextSet> WithoutDialog(DialogContent content) => content.Texts.Values.Where(texts => !content.Dialogs.ContainsKey(texts.Name));

    private static string Commands(Dialog dialog) => string.Join(' ', dialog.Commands.Select(command => "/" + command));

    private static void WriteDialog(StringBuilder page, DialogContent content, Dialog dialog)
    {
        page.Append(CultureInfo.InvariantCulture, $"<section id=\"{Escape(dialog.Name)}\"><h2>{Escape(dialog.Name)} <small>{Escape(Facts(dialog))}</small></h2>");
        page.Append("<details open><summary>Steps</summary><div class=\"scroll\">").Append(DialogDiagram.Draw(dialog)).Append("</div></details>");
        var shown = new HashSet<string>();
        foreach (var step in dialog.Steps.Values)
        {
            switch (step)
            {
                case SayStep say:
                    WriteRow(page, content, dialog.Name, say.Name, "says", say.Name, _ => [], shown);
                    break;
                case AskStep ask:
                    WriteRow(page, content, dialog.Name, ask.Name, $"asks for {ask.Prompt}", ask.Name + ".ask", language => Buttons(content, dialog, ask, language), shown);
                    if (content.Texts[dialog.Name].Has(ask.Name + ".retry")) WriteRow(page, content, dialog.Name, "", "otherwise", ask.Name + ".retry", _ => [], shown);
                    foreach (var key in ask.Options.Select(option => option.Key).Concat(YesAndNo)) shown.Add($"{ask.Name}.options.{key}");
                    break;
            }
        }
        foreach (var (name, rows) in dialog.Messages)
        {
            WriteRow(page, content, dialog.Name, name, "is sent", $"messages.{name}.text",
                language => rows.SelectMany(row => row).Select(entry => Plain(content, dialog.Name, $"messages.{name}.buttons.{entry}", language)), shown);
            foreach (var entry in rows.SelectMany(row => row)) shown.Add($"messages.{name}.buttons.{entry}");
        }
        WriteRest(page, content, content.Texts[dialog.Name], shown);
        page.Append("</section>");
    }

    private static string Facts(Dialog dialog)
    {
        var facts = new List<string> { Commands(dialog) };
        if (dialog.Menu is { } menu) facts.Add($"in the menu of {menu}");
        if (dialog.Interrupts) facts.Add("interrupts");
        if (dialog.Keep) facts.Add("is kept");
        if (dialog.Links.Count > 0) facts.Add("links: " + string.Join(", ", dialog.Links.Keys));
        if (dialog.Entries.Count > 0) facts.Add("entries: " + string.Join(", ", dialog.Entries.Keys));
        return string.Join(" · ", facts.Where(fact => fact.Length > 0));
    }

    private static void WriteRest(StringBuilder page, DialogContent content, TextSet texts, HashSet<string> shown)
    {
        foreach (var key in texts.ByLanguage["en"].Keys.Where(key => !shown.Contains(key)).ToList()) WriteRow(page, content, texts.Name, "", key, key, _ => [], shown);
    }

    private static void WriteRow(StringBuilder page, DialogContent content, string set, string name, string kind, string key, Func<string, IEnumerable<string>> buttons, HashSet<string> shown)
    {
        shown.Add(key);
        page.Append(CultureInfo.InvariantCulture, $"<div class=\"row\"><div class=\"step\"><b>{Escape(name)}</b> <small>{Escape(kind)}</small></div>");
        foreach (var language in Columns)
        {
            page.Append(CultureInfo.InvariantCulture, $"<div lang=\"{language}\" data-name=\"{Names[language]}\"><div class=\"bubble\">{Html(Text(content, set, key, language))}</div>");
            foreach (var label in buttons(language)) page.Append("<span class=\"button\">").Append(Escape(label)).Append("</span>");
            page.Append("</div>");
        }
        page.Append("</div>");
    }

    private static List<string> Buttons(DialogContent content, Dialog dialog, AskStep ask, string language)
    {
        var labels = new List<string>();
        if (ask.From is not null) labels.Add("‹what is found›");
        if (ask.List is { } list && ask.Prompt != "place" && content.Lists.TryGetValue(list, out var items)) labels.AddRange(items.Items.Select(item => item.Label(language)));
        labels.AddRange(ask.Options.Select(option => Plain(content, dialog.Name, $"{ask.Name}.options.{option.Key}", language)));
        if (ask.Prompt == "confirm")
        {
            labels.AddRange(YesAndNo.Select(key => content.Texts[dialog.Name].Has($"{ask.Name}.options.{key}")
                ? Plain(content, dialog.Name, $"{ask.Name}.options.{key}", language)
                : Plain(content, EngineTexts.Set, "buttons." + key, language)));
        }
        if (labels.Count > ButtonsShown) labels = [.. labels.Take(ButtonsShown), $"… {labels.Count}"];
        if (ask.Prompt is "choices" or "ratings") labels.Add(Plain(content, EngineTexts.Set, "buttons.done", language));
        if (ask.Optional) labels.Add(Plain(content, EngineTexts.Set, "buttons.skip", language));
        return labels;
    }

    private static RichText? Text(DialogContent content, string set, string key, string language) =>
        content.Texts.TryGetValue(set, out var texts) && texts.ByLanguage[language].TryGetValue(key, out var entry)
            ? TextRenderer.Render(entry.Template, language, SampleValues.For(entry.Template, content), content.Lists)
            : null;

    private static string Plain(DialogContent content, string set, string key, string language) => Text(content, set, key, language)?.ToString() ?? $"({key} is missing)";

    private static string Html(RichText? text)
    {
        if (text is null) return "<em class=\"missing\">missing</em>";
        var html = new StringBuilder();
        foreach (var run in text.Runs)
        {
            var (open, close) = ("", "");
            if (run.Style.HasFlag(RunStyle.Bold)) (open, close) = (open + "<b>", "</b>" + close);
            if (run.Style.HasFlag(RunStyle.Italic)) (open, close) = (open + "<i>", "</i>" + close);
            if (run.Link is not null) (open, close) = (open + "<u>", "</u>" + close);
            html.Append(open).Append(Escape(run.Text).Replace("\n", "<br>", StringComparison.Ordinal)).Append(close);
        }
        return html.ToString();
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
