using System.Globalization;
using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Broadcasts;

/// <summary>Tells coordinators what becomes of an announcement: the sentences of the dialog <c>desk</c> and the values that they take.</summary>
public sealed class DeskNotes(DialogContent content, Notify notify)
{
    internal const string Dialog = "desk";

    /// <summary>Stands for a missing value, so that sentences can select by it.</summary>
    internal const string None = "none";

    private static readonly Posting Soon = new() { Lane = Lane.Notice, Window = TimeSpan.FromHours(24) };

    public Task<bool> AuthorAsync(UnitOfWork work, Broadcast broadcast, string message, CancellationToken ct) =>
        notify.MemberAsync(work, broadcast.AuthorId, Dialog, message, language => Values(broadcast, language), Id(broadcast), Soon, ct);

    /// <summary>A message about an announcement with its buttons, as the turn of a coordinator says it.</summary>
    public Message Compose(string message, Broadcast broadcast, string language, string zone)
    {
        var values = Values(broadcast, language);
        values["zone"] = zone;
        return content.Compose(Dialog, message, language, values, Id(broadcast));
    }

    public static string Id(Broadcast broadcast) => broadcast.Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>Which announcement, in its first words, and when it goes.</summary>
    public static JsonObject Values(Broadcast broadcast, string language) => new()
    {
        ["gist"] = broadcast.Texts.Gist(language),
        ["due"] = broadcast.DueAt?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) ?? None,
        ["wished"] = broadcast.WishedAt?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) ?? None,
    };
}
