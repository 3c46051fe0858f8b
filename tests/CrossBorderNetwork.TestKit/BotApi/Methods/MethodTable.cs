using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace CrossBorderNetwork.TestKit.BotApi.Methods;

/// <summary>Carries out one method under the world's gate; refuses by throwing <see cref="ApiError"/>.</summary>
internal delegate JsonNode? ApiMethod(World world, ApiCall call);

/// <summary>What flood control counts a method as.</summary>
internal enum Cost
{
    Nothing,
    Message,
    Edit,
}

internal sealed record MethodEntry(string Name, ApiMethod Run, Cost Cost);

/// <summary>Every method the emulator answers. Long polling is the one method that waits, so the front serves it.</summary>
internal static class MethodTable
{
    public const string GetUpdates = "getUpdates";

    private static readonly FrozenDictionary<string, MethodEntry> Methods = new MethodEntry[]
    {
        new("sendMessage", Sending.SendMessage, Cost.Message),
        new("sendDocument", Sending.SendDocument, Cost.Message),
        new("sendPhoto", Sending.SendPhoto, Cost.Message),
        new("copyMessage", Sending.CopyMessage, Cost.Message),
        new("sendChatAction", Sending.SendChatAction, Cost.Nothing),
        new("editMessageText", Editing.EditMessageText, Cost.Edit),
        new("editMessageCaption", Editing.EditMessageCaption, Cost.Edit),
        new("editMessageReplyMarkup", Editing.EditMessageReplyMarkup, Cost.Edit),
        new("deleteMessage", Editing.DeleteMessage, Cost.Nothing),
        new("deleteMessages", Editing.DeleteMessages, Cost.Nothing),
        new("answerCallbackQuery", Editing.AnswerCallbackQuery, Cost.Nothing),
        new(GetUpdates, (_, _) => throw new InvalidOperationException("Long polling is served by the front."), Cost.Nothing),
        new("setWebhook", Account.SetWebhook, Cost.Nothing),
        new("deleteWebhook", Account.DeleteWebhook, Cost.Nothing),
        new("getWebhookInfo", Account.GetWebhookInfo, Cost.Nothing),
        new("getMe", Account.GetMe, Cost.Nothing),
        new("getChat", Account.GetChat, Cost.Nothing),
        new("getChatMember", Account.GetChatMember, Cost.Nothing),
        new("getFile", Account.GetFile, Cost.Nothing),
        new("logOut", Account.Accept, Cost.Nothing),
        new("close", Account.Accept, Cost.Nothing),
        new("setMyCommands", Profile.SetMyCommands, Cost.Nothing),
        new("getMyCommands", Profile.GetMyCommands, Cost.Nothing),
        new("deleteMyCommands", Profile.DeleteMyCommands, Cost.Nothing),
        new("setMyName", Profile.Setter("name", 64), Cost.Nothing),
        new("getMyName", Profile.Getter("name"), Cost.Nothing),
        new("setMyDescription", Profile.Setter("description", 512), Cost.Nothing),
        new("getMyDescription", Profile.Getter("description"), Cost.Nothing),
        new("setMyShortDescription", Profile.Setter("short_description", 120), Cost.Nothing),
        new("getMyShortDescription", Profile.Getter("short_description"), Cost.Nothing),
        new("setChatMenuButton", Profile.SetChatMenuButton, Cost.Nothing),
        new("getChatMenuButton", Profile.GetChatMenuButton, Cost.Nothing),
    }.ToFrozenDictionary(entry => entry.Name, StringComparer.OrdinalIgnoreCase);

    public static MethodEntry? Find(string name) => Methods.GetValueOrDefault(name);
}
