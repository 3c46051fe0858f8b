using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace CrossBorderNetwork.TestKit.BotApi;

/// <summary>A refusal in Telegram's words. It ends the call; the front turns it into the error envelope.</summary>
internal sealed class ApiError(int code, string description) : Exception(description)
{
    public const string QueryTooOld = "query is too old and response timeout expired or query ID is invalid";

    public int Code { get; } = code;

    public int? RetryAfter { get; init; }

    public long? MigrateToChatId { get; init; }

    public static ApiError BadRequest(string why) => new(400, "Bad Request: " + why);

    public static ApiError Forbidden(string why) => new(403, "Forbidden: " + why);

    public static ApiError Conflict(string why) => new(409, "Conflict: " + why);

    public static ApiError TooManyRequests(int seconds) =>
        new(429, $"Too Many Requests: retry after {seconds}") { RetryAfter = seconds };
}

internal sealed record StoredFile(string Id, string Name, string ContentType, byte[] Bytes)
{
    public string Path => $"documents/{Id}{System.IO.Path.GetExtension(Name)}";
}

/// <summary>
/// The parameters of one call, whichever of Telegram's four encodings (query, form, multipart, JSON) brought them.
/// </summary>
internal sealed class ApiCall(string method) : IDisposable
{
    private const string Json = "application/json";
    private readonly Dictionary<string, JsonElement> parameters = [];
    private readonly Dictionary<string, IFormFile> files = [];
    private readonly List<JsonDocument> documents = [];

    /// <summary>The method as the caller spelt it.</summary>
    public string Method { get; } = method;

    public static async Task<ApiCall> ReadAsync(HttpRequest request, string method, CancellationToken cancellation)
    {
        var call = new ApiCall(method);
        foreach (var (name, value) in request.Query)
            call.AddText(name, value.ToString());
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync(cancellation);
            foreach (var (name, value) in form)
                call.AddText(name, value.ToString());
            foreach (var file in form.Files)
                call.files[file.Name] = file;
        }
        else if (request.ContentType?.StartsWith(Json, StringComparison.OrdinalIgnoreCase) == true)
        {
            await call.ReadJsonAsync(request.Body, cancellation);
        }
        return call;
    }

    /// <summary>A call that a webhook carried in its own answer.</summary>
    public static ApiCall FromReply(string method, JsonElement body)
    {
        var call = new ApiCall(method);
        call.AddAll(body);
        return call;
    }

    public bool Has(string name) => parameters.ContainsKey(name) || files.ContainsKey(name);

    public bool HasFile(string name) => files.ContainsKey(name);

    public bool IsString(string name) => parameters.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String;

    public bool IsJson(string name, JsonValueKind kind) => parameters.ContainsKey(name) && Element(name)?.ValueKind == kind;

    public string? Text(string name) =>
        !parameters.TryGetValue(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();

    public bool TryLong(string name, out long number)
    {
        number = 0;
        return parameters.TryGetValue(name, out var value) && value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetInt64(out number),
            JsonValueKind.String => long.TryParse(
                value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number),
            _ => false,
        };
    }

    public long? Long(string name) => TryLong(name, out var number) ? number : null;

    public bool TryBool(string name, out bool flag)
    {
        flag = false;
        if (!parameters.TryGetValue(name, out var value))
            return false;
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
        flag = text is "1" || string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
        return flag || text is "0" || string.Equals(text, "false", StringComparison.OrdinalIgnoreCase);
    }

    public bool Flag(string name) => TryBool(name, out var flag) && flag;

    /// <summary>An object or array, also when it came as a string of JSON; null when absent or no JSON.</summary>
    public JsonElement? Element(string name)
    {
        if (!parameters.TryGetValue(name, out var value))
            return null;
        if (value.ValueKind != JsonValueKind.String)
            return value;
        try
        {
            var document = JsonDocument.Parse(value.GetString()!);
            documents.Add(document);
            parameters[name] = document.RootElement;
            return document.RootElement;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// The upload named by the parameter, directly or as <c>attach://name</c>; null when the parameter is a file id or
    /// address.
    /// </summary>
    public IFormFile? File(string name)
    {
        const string attach = "attach://";
        if (files.TryGetValue(name, out var file))
            return file;
        return Text(name) is { } text && text.StartsWith(attach, StringComparison.Ordinal)
            ? files.GetValueOrDefault(text[attach.Length..]) : null;
    }

    public void Dispose()
    {
        foreach (var document in documents)
            document.Dispose();
    }

    private async Task ReadJsonAsync(Stream body, CancellationToken cancellation)
    {
        try
        {
            var document = await JsonDocument.ParseAsync(body, cancellationToken: cancellation);
            documents.Add(document);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                AddAll(document.RootElement);
        }
        catch (JsonException)
        {
            throw ApiError.BadRequest("can't parse JSON object");
        }
    }

    private void AddAll(JsonElement body)
    {
        foreach (var property in body.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Null)
                parameters[property.Name] = property.Value;
        }
    }

    private void AddText(string name, string value) => parameters[name] = JsonSerializer.SerializeToElement(value);
}
