using System.Globalization;
using System.Net;
using CrossBorderNetwork.Messaging;
using Telegram.Bot.Exceptions;

namespace CrossBorderNetwork.Channels.Telegram;

/// <summary>
/// What a failed call means for the message. The rule: surely not sent may be tried again, refused is final, and all else is in
/// doubt. Descriptions are Telegram's; from the first quotation on they are cut off, for that may quote the text.
/// </summary>
internal static class Outcome
{
    /// <summary>How long to wait while Telegram does not accept the token: only a person can mend that.</summary>
    public static readonly TimeSpan TokenWait = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan ConnectWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(5);
    private static readonly string[] EditTargetGone =
        ["message to edit not found", "message can't be edited", "no text in the message to edit", "MESSAGE_ID_INVALID", "message not found"];

    public static SendResult Of(RequestException fault) => fault switch
    {
        ApiRequestException refusal => Of(refusal),
        { InnerException: NotSentException unsent } => new SendResult.TryLater(ConnectWait, "no connection: " + unsent.InnerException!.GetType().Name),
        { HttpStatusCode: HttpStatusCode.TooManyRequests } => new SendResult.TryLater(DefaultRetryAfter, "429", WholeChannel: true),
        { HttpStatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.NotFound } => TokenRefused,
        { HttpStatusCode: { } status } => new SendResult.InDoubt($"unreadable answer with status {(int)status}"),
        _ => new SendResult.InDoubt("no answer: " + (fault.InnerException ?? fault).GetType().Name),
    };

    /// <summary>The reason for the log, without personal data or the token.</summary>
    public static string Describe(RequestException fault) => Of(fault) switch
    {
        SendResult.Refused refused => refused.Reason,
        SendResult.Unreachable gone => gone.Reason,
        SendResult.TryLater later => later.Reason,
        SendResult.InDoubt doubt => doubt.Reason,
        SendResult.ShutOut shut => shut.Reason,
        _ => fault.GetType().Name,
    };

    public static bool IsTokenRefused(Exception fault) =>
        fault is ApiRequestException { ErrorCode: 401 or 404 } or RequestException { HttpStatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.NotFound };

    public static bool IsNotModified(ApiRequestException refusal) => Says(refusal, "message is not modified");

    public static bool IsEditTargetGone(ApiRequestException refusal) => refusal.ErrorCode == 400 && EditTargetGone.Any(words => Says(refusal, words));

    public static bool IsDeleteTargetGone(ApiRequestException refusal) => Says(refusal, "message to delete not found");

    public static bool IsMarkupRefused(ApiRequestException refusal) => Says(refusal, "can't parse entities");

    /// <summary>The id is another bot's, or Telegram has lost the file.</summary>
    public static bool IsFileIdRefused(ApiRequestException refusal) => refusal.ErrorCode == 400 && Says(refusal, "file identifier");

    /// <summary>Too wide, too flat or broken: as a document it still arrives.</summary>
    public static bool IsPhotoRefused(ApiRequestException refusal) => refusal.ErrorCode == 400 && (Says(refusal, "PHOTO_") || Says(refusal, "IMAGE_PROCESS"));

    public static bool IsThreadGone(ApiRequestException refusal) => Says(refusal, "message thread not found");

    private static SendResult.ShutOut TokenRefused => new("the token was refused");

    private static SendResult Of(ApiRequestException refusal) => refusal switch
    {
        { Parameters.MigrateToChatId: { } chat } => new SendResult.Moved(chat.ToString(CultureInfo.InvariantCulture)),
        { ErrorCode: 429 } => new SendResult.TryLater(
            refusal.Parameters?.RetryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultRetryAfter, "429", WholeChannel: true),
        { ErrorCode: 401 or 404 } => TokenRefused,
        { ErrorCode: 403 } => new SendResult.Unreachable(Reason(refusal.Message)),
        { ErrorCode: 400 } when Says(refusal, "chat not found") => new SendResult.Unreachable(Reason(refusal.Message)),
        { ErrorCode: >= 400 and < 500 } => new SendResult.Refused(Reason(refusal.Message)),
        _ => new SendResult.InDoubt($"Telegram answered {refusal.ErrorCode}"),
    };

    private static bool Says(ApiRequestException refusal, string words) => refusal.Message.Contains(words, StringComparison.OrdinalIgnoreCase);

    private static string Reason(string description)
    {
        for (var i = 0; i < description.Length; i++)
        {
            // An apostrophe inside a word (can't) quotes nothing.
            if (description[i] == '"' || (description[i] == '\'' && (i == 0 || !char.IsLetter(description[i - 1])))) return description[..i].TrimEnd() + " …";
        }
        return description.Length <= 200 ? description : description[..200];
    }
}
