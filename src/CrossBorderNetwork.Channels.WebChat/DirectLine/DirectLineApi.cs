using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrossBorderNetwork.Messaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace CrossBorderNetwork.Channels.WebChat.DirectLine;

/// <summary>
/// Direct Line 3.0 as Microsoft's Web Chat speaks it. A visitor has exactly one conversation; there is no shared secret, a token
/// is given to whoever holds the visitor's cookie.
/// </summary>
internal sealed class DirectLineApi(
    Inbox inbox, WebChatAdapter adapter, WebChatRows rows, MediaFiles media, ActivityStreams streams, DirectLineTokens tokens, WebChatVisitors visitors, VisitorLimits limits,
    IHostApplicationLifetime lifetime, TimeProvider time)
{
    private const int MaxActivityBytes = 64 * 1024;
    private const int MaxUploadBytes = 4 * 1024 * 1024;

    /// <summary>Far above what any dialog takes, so that whoever was asked is told what would do.</summary>
    private const int MaxWantedBytes = 32 * 1024 * 1024;
    private const int MaxKeptBytes = 8 * 1024 * 1024;

    public void Map(IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/v3/directline").AddEndpointFilter(AnswerFaultsAsync);
        api.MapPost("/tokens/generate", Generate);
        api.MapPost("/tokens/refresh", Refresh);
        api.MapPost("/conversations", StartAsync);
        api.MapGet("/conversations/{id}", Reconnect);
        api.MapPost("/conversations/{id}/activities", PostAsync);
        api.MapGet("/conversations/{id}/activities", GetAsync);
        api.MapPost("/conversations/{id}/upload", UploadAsync);
        api.Map("/conversations/{id}/stream", StreamAsync);
    }

    private static async ValueTask<object?> AnswerFaultsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-store";
        // A browser always names the page that calls; who sends no Origin is no browser and carries no cookie of a victim.
        if (http.Request.Headers.Origin is [{ } origin] && origin != $"{http.Request.Scheme}://{http.Request.Host}")
            return DirectLineError.ForeignOrigin;
        try
        {
            return await next(context);
        }
        catch (BadHttpRequestException fault)
        {
            return new DirectLineError(fault.StatusCode, "BadArgument", "The request body is too large or broken off.");
        }
        catch (Exception fault) when (fault is JsonException or InvalidDataException)
        {
            return DirectLineError.NoActivity;
        }
    }

    private IResult Generate(HttpContext http)
    {
        if (visitors.Current(http) is not { } visitor) return DirectLineError.NoVisitor;
        return limits.Allows(visitor) ? Granted(http, visitor) : DirectLineError.TooMany(http);
    }

    private IResult Refresh(HttpContext http)
    {
        var (visitor, error) = Authorise(http);
        return error ?? Granted(http, visitor);
    }

    private async Task<IResult> StartAsync(HttpContext http, CancellationToken ct)
    {
        var (visitor, error) = Authorise(http);
        if (error is not null) return error;
        if (!limits.Allows(visitor)) return DirectLineError.TooMany(http);
        var start = http.Request.ContentLength is > 0 ? JsonSerializer.Deserialize(await ReadBodyAsync(http, ct), WireJson.Wire.WireStart) : null;
        if (await rows.HasAnyAsync(visitor, ct)) return Granted(http, visitor, StatusCodes.Status200OK, "-");

        var join = Received(new WireActivity { Type = "conversationUpdate", Locale = start?.Locale }, visitor);
        // One greeting, however many tabs open at once.
        if (!await inbox.AcceptAsync(adapter, [new Update(visitor + "|join", join.ToJson())], ct)) return DirectLineError.Busy(http);
        return Granted(http, visitor, StatusCodes.Status201Created, "-");
    }

    private IResult Reconnect(HttpContext http, string id, string? watermark)
    {
        var (visitor, error) = Authorise(http, id);
        return error ?? Granted(http, visitor, StatusCodes.Status200OK, string.IsNullOrEmpty(watermark) ? "-" : watermark);
    }

    private async Task<IResult> PostAsync(HttpContext http, string id, CancellationToken ct)
    {
        var (visitor, error) = Authorise(http, id);
        if (error is not null) return error;
        if (!limits.Allows(visitor)) return DirectLineError.TooMany(http);
        return await AcceptAsync(http, WireActivity.FromJson(await ReadBodyAsync(http, ct)), visitor, ct);
    }

    /// <summary>
    /// A file is kept only where the bot has just asked this visitor for one; otherwise the bot learns that there was one and says
    /// so, its bytes are dropped.
    /// </summary>
    private async Task<IResult> UploadAsync(HttpContext http, string id, CancellationToken ct)
    {
        var (visitor, error) = Authorise(http, id);
        if (error is not null) return error;
        if (!limits.Allows(visitor)) return DirectLineError.TooMany(http);
        var isWanted = await rows.AsksForFileAsync(visitor, ct);
        var limit = isWanted ? MaxWantedBytes : MaxUploadBytes;
        Limit(http, limit);
        var form = await http.Request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = limit, MemoryBufferThreshold = limit }, ct);
        var wire = new WireActivity { Type = "message" };
        var attachments = new List<WireAttachment>();
        IFormFile? first = null;
        foreach (var part in form.Files)
        {
            if (part.Name != "activity")
            {
                first ??= part;
                attachments.Add(new WireAttachment(part.ContentType, part.FileName));
            }
            else
            {
                using var reader = new StreamReader(part.OpenReadStream());
                wire = WireActivity.FromJson(await reader.ReadToEndAsync(ct));
            }
        }
        return first is null ? DirectLineError.NoActivity : await AcceptAsync(http, wire with { Attachments = attachments }, visitor, ct, isWanted ? first : null);
    }

    private async Task<IResult> GetAsync(HttpContext http, string id, string? watermark, CancellationToken ct)
    {
        var (visitor, error) = Authorise(http, id);
        if (error is not null) return error;
        var page = await rows.ReadAsync(visitor, Watermark(watermark), ct);
        return Results.Text(page.Json, "application/json");
    }

    private async Task<IResult> StreamAsync(HttpContext http, string id, string? watermark, string? t, CancellationToken ct)
    {
        if (!http.WebSockets.IsWebSocketRequest) return new DirectLineError(StatusCodes.Status400BadRequest, "BadArgument", "This address is a WebSocket.");
        var (visitor, error) = Judge(tokens.ReadForStream(t ?? ""), id);
        if (error is not null) return error;
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(ct, lifetime.ApplicationStopping);
        var stream = new ActivityStream(socket, rows, time);
        streams.Opened(visitor, stream);
        try
        {
            await stream.RunAsync(visitor, Watermark(watermark), stopping.Token);
        }
        finally
        {
            streams.Closed(visitor, stream);
        }
        return Results.Empty;
    }

    /// <summary>Transcript and inbox are one commit: what is answered with 200 is durable and will be handled.</summary>
    private async Task<IResult> AcceptAsync(HttpContext http, WireActivity wire, string visitor, CancellationToken ct, IFormFile? file = null)
    {
        var activity = Received(wire, visitor);
        if (file is not null) activity = activity with { Attachments = [activity.Attachments![0] with { Size = file.Length }] };
        var content = file is { Length: <= MaxKeptBytes } ? await ReadAsync(file, ct) : null;
        var isMessage = activity.Type == "message";
        if (isMessage || activity is { Type: "event", Name: WebChatAdapter.JoinEvent or WebChatAdapter.LinkEvent })
        {
            var accepted = await inbox.AcceptAsync(adapter, [new Update(activity.Id, activity.ToJson())],
                work =>
                {
                    if (isMessage) rows.Append(work, visitor, activity, fromBot: false);
                    if (content is not null) media.Keep(work, adapter.Channel, WebChatAdapter.MediaOf(activity)!, content);
                }, ct);
            if (!accepted) return DirectLineError.Busy(http);
        }
        return Results.Json(new WireId(activity.Id), WireJson.Wire.WireId);
    }

    /// <summary>What a client claims about id, time and sender is overwritten; what it attaches is only named.</summary>
    private WireActivity Received(WireActivity wire, string visitor) => wire with
    {
        Id = IdOf(wire, visitor),
        Timestamp = time.GetUtcNow(),
        ChannelId = WebChatAdapter.ChannelName,
        From = new WireAccount(visitor, "user"),
        Conversation = new WireAccount(visitor),
        TextFormat = wire.Text is null ? null : "plain",
        ReplyToId = null,
        SuggestedActions = null,
        Attachments = wire.Attachments is { Count: > 0 } attachments ? [.. attachments.Select(a => a with { ContentUrl = null, Size = null })] : null,
    };

    /// <summary>A client that got no answer sends once more under its own id: then it is the same activity, and is handled once.</summary>
    private static string IdOf(WireActivity wire, string visitor) => wire.ChannelData?.ClientActivityId is { Length: > 0 } id
        ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{visitor}|{id}")))[..32]
        : WebChatAdapter.NewId();

    private (string Visitor, IResult? Error) Authorise(HttpContext http, string? id = null)
    {
        const string scheme = "Bearer ";
        if (http.Request.Headers.Authorization is not [{ } header] || !header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return ("", DirectLineError.NoToken);
        return Judge(tokens.Read(header[scheme.Length..].Trim()), id);
    }

    /// <summary>Another person's conversation does not exist for this one.</summary>
    private static (string Visitor, IResult? Error) Judge(TokenReading reading, string? id) => reading switch
    {
        TokenReading.Valid(var visitor) when id is null || id == visitor => (visitor, null),
        TokenReading.Valid => ("", DirectLineError.UnknownConversation),
        TokenReading.Expired => ("", DirectLineError.TokenExpired),
        _ => ("", DirectLineError.BadToken),
    };

    private IResult Granted(HttpContext http, string visitor, int status = StatusCodes.Status200OK, string? watermark = null)
    {
        var request = http.Request;
        var stream = watermark is null ? null : string.Create(CultureInfo.InvariantCulture,
            $"{(request.IsHttps ? "wss" : "ws")}://{request.Host}{request.PathBase}/v3/directline/conversations/{visitor}/stream?watermark={Uri.EscapeDataString(watermark)}&t={tokens.IssueForStream(visitor)}");
        return Results.Json(new WireConversation(visitor, tokens.Issue(visitor), (int)DirectLineTokens.Lifetime.TotalSeconds, stream),
            WireJson.Wire.WireConversation, statusCode: status);
    }

    private static long Watermark(string? watermark) => long.TryParse(watermark, NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after : 0;

    private static async Task<byte[]> ReadAsync(IFormFile file, CancellationToken ct)
    {
        using var content = new MemoryStream();
        await file.CopyToAsync(content, ct);
        return content.ToArray();
    }

    private static async Task<string> ReadBodyAsync(HttpContext http, CancellationToken ct)
    {
        Limit(http, MaxActivityBytes);
        using var reader = new StreamReader(http.Request.Body);
        return await reader.ReadToEndAsync(ct);
    }

    private static void Limit(HttpContext http, long bytes)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = bytes;
    }
}
