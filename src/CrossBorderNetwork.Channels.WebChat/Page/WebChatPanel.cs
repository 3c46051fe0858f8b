using Microsoft.AspNetCore.Http;

namespace CrossBorderNetwork.Channels.WebChat;

/// <summary>
/// An optional slot above the chat that the host fills, such as the choice of a person in a demonstration. The HTML is trusted:
/// whoever renders it escapes; empty, there is no slot. Scripts and inline styles are blocked; forms may post to the same site.
/// </summary>
public sealed record WebChatPanel(Func<HttpContext, string, Task<string>> RenderHtml);
