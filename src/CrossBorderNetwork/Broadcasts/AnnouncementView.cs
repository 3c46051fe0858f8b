using System.Globalization;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Texts;
using Microsoft.Extensions.Options;

namespace CrossBorderNetwork.Broadcasts;

/// <summary>An announcement exactly as a reader of a language sees it; preview, test and sending all show this.</summary>
public sealed class AnnouncementView(DialogContent content, IOptionsMonitor<NetworkOptions> options)
{
    /// <summary>What one message holds on every channel, in UTF-16 units.</summary>
    private const int TextLimit = 4000;

    /// <summary>The first language whose readers would not get it in one message, or null.</summary>
    public string? TooLongIn(Broadcast broadcast)
    {
        var limit = broadcast.HasFile ? Message.CaptionLimit : TextLimit;
        return Languages.All.FirstOrDefault(language => For(broadcast, language).Text.ToString().Length > limit);
    }

    public Message For(Broadcast broadcast, string language)
    {
        var (text, used) = broadcast.Texts.For(language);
        var heading = "heading." + broadcast.Kind;
        return new Message
        {
            Text = RichText.Paragraphs(
                content.Text("announce", content.Texts["announce"].Has(heading) ? heading : "heading.news", language, []),
                text,
                RichText.Plain(content.LanguageNote(language, used).Trim()),
                RichText.Plain(options.CurrentValue.CoFundingLine.GetValueOrDefault(language, ""))),
            Media = broadcast.HasFile ? broadcast.File : null,
            Buttons = [.. Buttons(broadcast, language)],
        };
    }

    private IEnumerable<IReadOnlyList<Button>> Buttons(Broadcast broadcast, string language)
    {
        if (broadcast.EventId is { } eventId)
            yield return [Button("events", "messages.digest.buttons.going", "going", eventId), Button("events", "messages.digest.buttons.show", "show", eventId)];
        if (broadcast.CallId is { } callId) yield return [Button("calls", "messages.interest.buttons.show", "show", callId)];
        if (broadcast.AsksWhetherRead) yield return [Button("notifications", "buttons.read", "read", broadcast.Id)];
        yield return [MessageKinds.Button(content, language)];

        Button Button(string dialog, string label, string entry, long id) =>
            new(content.Text(dialog, label, language, []).ToString(), DialogContent.EntryToken(dialog, entry, id.ToString(CultureInfo.InvariantCulture)));
    }
}
