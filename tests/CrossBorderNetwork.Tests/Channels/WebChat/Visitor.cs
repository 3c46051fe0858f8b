using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace CrossBorderNetwork.Tests.Channels.WebChat;

/// <summary>A Direct Line client as plain requests: one browser with its cookies.</summary>
internal sealed class Visitor(Uri address, CookieContainer cookies) : IDisposable
{
    private static int _said;

    private readonly HttpClient _http = new(new HttpClientHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = address };

    public CookieContainer Cookies => cookies;

    public HttpClient Http => _http;

    public string Token { get; private set; } = "";

    public string Conversation { get; private set; } = "";

    public string StreamUrl { get; private set; } = "";

    public async Task<HttpStatusCode> OpenAsync()
    {
        (await _http.GetAsync("/")).EnsureSuccessStatusCode();
        using var generated = await _http.PostAsync("/v3/directline/tokens/generate", null);
        Take(await generated.Content.ReadFromJsonAsync<JsonElement>());
        using var started = await CallAsync(HttpMethod.Post, "conversations", """{"user":{"id":"whoever"},"locale":"lt-LT"}""");
        Take(await started.Content.ReadFromJsonAsync<JsonElement>());
        return started.StatusCode;
    }

    public Task<HttpResponseMessage> SayAsync(string text, string? clientActivityId = null) =>
        PostAsync(JsonSerializer.Serialize(new
        {
            type = "message", text, textFormat = "plain", attachments = Array.Empty<object>(), channelData = new { attachmentSizes = Array.Empty<int>(), clientActivityID = clientActivityId ?? FormattableString.Invariant($"client-{Interlocked.Increment(ref _said)}") },
            from = new { id = "somebody-else", role = "bot" },
        }));

    /// <summary>Sends a file as Web Chat does: the activity and the bytes as parts of one form.</summary>
    public async Task<HttpStatusCode> UploadAsync(string name, string mediaType, byte[] content)
    {
        var id = Interlocked.Increment(ref _said);
        var bytes = new ByteArrayContent(content);
        bytes.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        using var form = new MultipartFormDataContent
        {
            { new StringContent(JsonSerializer.Serialize(new { type = "message", channelData = new { clientActivityID = FormattableString.Invariant($"upload-{id}") } }), null, "application/vnd.microsoft.activity"), "activity", "blob" },
            { bytes, "file", name },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v3/directline/conversations/{Conversation}/upload?userId=x") { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using var answer = await _http.SendAsync(request);
        return answer.StatusCode;
    }

    public Task<HttpResponseMessage> PressAsync(string label, string token) =>
        PostAsync(JsonSerializer.Serialize(new { type = "message", text = label, value = new { token }, channelData = new { messageBack = new { displayText = label } } }));

    public Task<HttpResponseMessage> PostAsync(string activity) => CallAsync(HttpMethod.Post, $"conversations/{Conversation}/activities", activity);

    public async Task<HttpResponseMessage> CallAsync(HttpMethod method, string path, string? json = null, string? token = null)
    {
        using var request = new HttpRequestMessage(method, "/v3/directline/" + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? Token);
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        return await _http.SendAsync(request);
    }

    public async Task<JsonElement> ReconnectAsync(string watermark)
    {
        using var answer = await CallAsync(HttpMethod.Get, $"conversations/{Conversation}?watermark={watermark}");
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Take(body);
        return body;
    }

    public async Task<(IReadOnlyList<JsonElement> Activities, string Watermark)> PollAsync(string watermark = "")
    {
        using var answer = await CallAsync(HttpMethod.Get, $"conversations/{Conversation}/activities?watermark={watermark}");
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return ([.. body.GetProperty("activities").EnumerateArray()], body.GetProperty("watermark").GetString()!);
    }

    /// <summary>Polls until a bot's line with this text is there.</summary>
    public async Task<JsonElement> SeesAsync(string plainText)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var seen = (await PollAsync()).Activities.Where(a => a.PlainText() == plainText).ToList();
            if (seen.Count > 0) return seen[^1];
            await Task.Delay(20, patience.Token);
        }
    }

    public async Task<Line> ListenAsync(string? url = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", address.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new Uri(url ?? StreamUrl), CancellationToken.None);
        return new Line(socket);
    }

    public void Dispose() => _http.Dispose();

    private void Take(JsonElement body)
    {
        Token = body.GetProperty("token").GetString()!;
        Conversation = body.GetProperty("conversationId").GetString()!;
        if (body.TryGetProperty("streamUrl", out var stream)) StreamUrl = stream.GetString()!;
    }
}

/// <summary>An open stream.</summary>
internal sealed class Line(ClientWebSocket socket) : IDisposable
{
    private readonly Queue<JsonElement> _unread = new();

    public string Watermark { get; private set; } = "";

    /// <summary>The next activity, or null when the server closed the stream.</summary>
    public async Task<JsonElement?> NextAsync()
    {
        var buffer = new byte[256 * 1024];
        while (_unread.Count == 0)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            var length = 0;
            WebSocketReceiveResult received;
            do
            {
                received = await socket.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), patience.Token);
                if (received.MessageType == WebSocketMessageType.Close) return null;
                length += received.Count;
            }
            while (!received.EndOfMessage);
            if (length == 0) continue;
            var frame = JsonDocument.Parse(buffer.AsMemory(0, length)).RootElement.Clone();
            Watermark = frame.GetProperty("watermark").GetString()!;
            foreach (var activity in frame.GetProperty("activities").EnumerateArray()) _unread.Enqueue(activity);
        }
        return _unread.Dequeue();
    }

    public void Dispose() => socket.Dispose();
}

internal static class WireJsonExtensions
{
    /// <summary>What the bot meant to say, without markup.</summary>
    public static string PlainText(this JsonElement activity) =>
        activity.TryGetProperty("channelData", out var data) && data.TryGetProperty("webchat:fallback-text", out var text) ? text.GetString()! : "";

    public static string Text(this JsonElement activity) => activity.GetProperty("text").GetString()!;
}
