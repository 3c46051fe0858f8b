using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using CrossBorderNetwork.Channels.WebChat.DirectLine;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Channels.WebChat;

/// <summary>
/// The web chat. To send is to append to the stored transcript; whatever socket is open reads on from there. The address of a
/// conversation is the visitor's sender id.
/// </summary>
public sealed class WebChatAdapter : ChannelAdapter
{
    internal const string ChannelName = "webchat";
    internal const string JoinEvent = "webchat/join";

    /// <summary>Somebody followed a link such as <c>/?start=event-17</c>; the value is what stands behind the sign.</summary>
    internal const string LinkEvent = "webchat/start";

    internal const string Download = "application/octet-stream";

    private const int LongestLink = 64;

    private static readonly TimeSpan FileWait = TimeSpan.FromSeconds(5);

    private readonly Database _database;
    private readonly WebChatRows _rows;
    private readonly MediaFiles _media;
    private readonly TimeProvider _time;
    private readonly WebChatOptions _options;

    internal WebChatAdapter(Database database, WebChatRows rows, MediaFiles media, TimeProvider time, WebChatOptions options)
    {
        _database = database;
        _rows = rows;
        _media = media;
        _time = time;
        _options = options;
    }

    public override string Channel => ChannelName;

    public override ChannelFeatures Features { get; } = new(CanEdit: false, TextLimit: 4000, IsPaced: false);

    public override Uri? LinkTo(string payload) => _options is { Enabled: true, PublicUrl.Length: > 0 } ? new Uri(new Uri(_options.PublicUrl), "/?start=" + payload) : null;

    public override Activity? Parse(string payload)
    {
        var wire = Read(payload);
        if (wire.From?.Id is not { Length: > 0 } sender || wire.Conversation?.Id is not { Length: > 0 } address)
            throw new FormatException("An activity names neither sender nor conversation.");
        if (KindOf(wire) is not { } kind) return null;
        return new Activity
        {
            Kind = kind,
            Channel = Channel,
            Address = address,
            SenderId = sender,
            Locale = wire.Locale,
            Text = kind != ActivityKind.Message ? "" : LinkOf(wire) is { } link ? "/start " + link : Cut(wire.Text!),
            Token = kind == ActivityKind.Press ? wire.Token : null,
            Media = MediaOf(wire),
        };
    }

    public override async Task<SendResult> SendAsync(Envelope envelope, CancellationToken ct)
    {
        var message = envelope.Message;
        if (message.OnlyRemovesButtons) return new SendResult.Delivered(null);
        // Nothing can be changed in place: what changed is said briefly instead of asking the whole question once more.
        var text = message.Brief ?? message.Text;
        if (text.IsEmpty && message is { Buttons.Count: 0, File: null, Media: null }) return new SendResult.Delivered(null);
        try
        {
            if (message.Media is { } media && !await _media.HasContentAsync(media.Id, ct)) return new SendResult.TryLater(FileWait, "the file was not fetched yet");
            await using var work = await _database.BeginAsync(ct);
            var last = WebChatRows.Last(work, envelope.Address);
            var activity = Compose(envelope.Address, text, message, last) with { ReplyToId = WebChatRows.LastFromVisitor(work, envelope.Address) };
            _rows.Append(work, envelope.Address, activity, fromBot: true, message.File?.Content, message.Media?.Id);
            await work.CommitAsync(ct);
            return new SendResult.Delivered(activity.Id);
        }
        catch (DbException fault)
        {
            // Nothing left the house, so it may be said again without fear of saying it twice.
            return new SendResult.TryLater(TimeSpan.FromSeconds(1), fault.GetType().Name);
        }
    }

    public override Task ForgetAsync(string address, CancellationToken ct) => _rows.ForgetAsync(address, ct);

    /// <summary>Whether the newest line of the conversation is a question that a file answers; only then are bytes taken in.</summary>
    internal static bool AsksForFile(LastActivity? last) => last is { FromBot: true, Activity.ChannelData.AsksForFile: true };

    /// <summary>What a visitor attached, where the bot had asked for it.</summary>
    internal static ReceivedMedia? MediaOf(WireActivity wire) =>
        wire.Attachments is [{ Size: { } size } file, ..] ? new ReceivedMedia(wire.Id, file.Name ?? "", IsPicture(file.ContentType), size) : null;

    internal static bool IsPicture(string? contentType) => contentType is "image/jpeg" or "image/png";

    internal static string NewId() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static WireActivity Read(string payload)
    {
        try
        {
            return WireActivity.FromJson(payload);
        }
        catch (JsonException fault)
        {
            throw new FormatException("Not an activity.", fault);
        }
    }

    private static ActivityKind? KindOf(WireActivity wire) => wire switch
    {
        { Type: "event", Name: LinkEvent } => LinkOf(wire) is null ? null : ActivityKind.Message,
        { Type: "conversationUpdate" } or { Type: "event", Name: JoinEvent } => ActivityKind.Joined,
        { Type: not "message" } => null,
        { Attachments.Count: > 0 } => ActivityKind.Unreadable,
        { Token: not null } => ActivityKind.Press,
        { Text.Length: > 0 } => ActivityKind.Message,
        _ => null,
    };

    private static string? LinkOf(WireActivity wire) =>
        wire is { Type: "event", Name: LinkEvent, Value: { ValueKind: JsonValueKind.String } value } && value.GetString() is { Length: > 0 and <= LongestLink } link && !link.Any(char.IsWhiteSpace)
            ? link
            : null;

    private string Cut(string text)
    {
        var limit = Features.TextLimit;
        if (text.Length <= limit) return text;
        return text[..(char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit)];
    }

    private WireActivity Compose(string address, RichText text, Message message, LastActivity? last)
    {
        var id = NewId();
        var asksForFile = message.AsksForFile || (message.Buttons.Count == 0 && AsksForFile(last));
        return new WireActivity
        {
            Type = "message",
            Id = id,
            Timestamp = _time.GetUtcNow(),
            ChannelId = Channel,
            From = new WireAccount("bot", "bot"),
            Conversation = new WireAccount(address),
            Text = WithLinks(Markdown.Write(text), message),
            TextFormat = "markdown",
            ChannelData = new WireChannelData { FallbackText = WithLinkLabels(text.ToString(), message), AsksForFile = asksForFile ? true : null },
            Attachments = FileOf(message) is var (type, name) ? [new WireAttachment(type, name, "/webchat/files/" + id)] : null,
            SuggestedActions = Buttons(message) ?? CarriedOver(last, message),
        };
    }

    private static (string Type, string Name)? FileOf(Message message) => message switch
    {
        { File: { } file } => (IsPicture(file.MediaType) ? file.MediaType : Download, file.Name),
        { Media: { IsPhoto: true } photo } => (photo.Name.EndsWith(".png", StringComparison.OrdinalIgnoreCase) ? "image/png" : "image/jpeg", photo.Name),
        { Media: { } document } => (Download, document.Name),
        _ => null,
    };

    /// <summary>
    /// Links stand in the text: Web Chat takes all suggested actions away once an openUrl action is used, and a link in the
    /// transcript stays usable.
    /// </summary>
    private static string WithLinks(string markdown, Message message) =>
        string.Join("\n\n", message.Buttons.SelectMany(row => row).Select(button => Markdown.Link(button.Label, button.Url)).Prepend(markdown).Where(part => !string.IsNullOrEmpty(part)));

    private static string WithLinkLabels(string text, Message message) =>
        string.Join("\n", message.Buttons.SelectMany(row => row).Where(button => button.Url is not null).Select(button => button.Label).Prepend(text));

    /// <summary>messageBack shows what was chosen in the person's own bubble and brings the token back unseen.</summary>
    private static WireSuggestedActions? Buttons(Message message)
    {
        var actions = message.Buttons.SelectMany(row => row).Where(button => button.Token is not null)
            .Select(button => new WireCardAction("messageBack", button.Label, button.Label, button.Label,
                JsonSerializer.SerializeToElement(new Dictionary<string, string>(StringComparer.Ordinal) { ["token"] = button.Token! }, WireJson.Wire.DictionaryStringString)))
            .ToList();
        return actions.Count > 0 ? new WireSuggestedActions(actions) : null;
    }

    /// <summary>
    /// Web Chat shows the buttons of the last message only; a notice that comes between question and answer must not take the
    /// answers away.
    /// </summary>
    private static WireSuggestedActions? CarriedOver(LastActivity? last, Message message) =>
        last is { FromBot: true } && message is { Replaces: null, ReplacesMessageId: null } ? last.Activity.SuggestedActions : null;
}
