using System.Text.Json;
using System.Text.Json.Nodes;
using CrossBorderNetwork.TestKit.BotApi.Methods;
using Microsoft.AspNetCore.Http;

namespace CrossBorderNetwork.TestKit.BotApi;

/// <summary>From an HTTP request to one method and back: token, parameters, faults, flood control, envelope.</summary>
internal sealed class HttpFront : IDisposable
{
    private readonly BotApiOptions options;
    private readonly Truth truth;
    private readonly Faults faults;
    private readonly Pace pace;
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationToken stopping;
    private World? world;

    public HttpFront(BotApiOptions options, Truth truth, Faults faults)
    {
        this.options = options;
        this.truth = truth;
        this.faults = faults;
        pace = new Pace(options.Rates, options.Time, truth);
        // Calls may outlive the source by a moment when the emulator stops; the token itself stays usable.
        stopping = stop.Token;
    }

    private World World => world ?? throw new InvalidOperationException("The front serves no world yet.");

    public void Serve(World served) => world = served;

    public void Stop() => stop.Cancel();

    public void Dispose() => stop.Dispose();

    public async Task HandleAsync(HttpContext context)
    {
        var entry = MethodTable.Find((string)context.Request.RouteValues["method"]!);
        if (!IsOurs(context))
        {
            await RefuseAsync(context, new ApiError(401, "Unauthorized"));
            return;
        }
        if (entry is null)
        {
            await RefuseAsync(context, new ApiError(404, "Not Found: method not found"));
            return;
        }
        try
        {
            using var call = await ApiCall.ReadAsync(context.Request, entry.Name, context.RequestAborted);
            await AnswerAsync(context, entry, call);
        }
        catch (ApiError unreadable)
        {
            await RefuseAsync(context, unreadable);
        }
        catch (OperationCanceledException)
        {
            // The bot hung up or the emulator stops: nobody is left to answer.
            context.Abort();
        }
    }

    public async Task DownloadAsync(HttpContext context)
    {
        StoredFile? file;
        lock (World.Gate)
            file = World.FileByPath((string)context.Request.RouteValues["path"]!);
        if (file is null || !IsOurs(context))
        {
            await RefuseAsync(context, new ApiError(404, "Not Found"));
            return;
        }
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = file.Bytes.Length;
        await context.Response.Body.WriteAsync(file.Bytes, context.RequestAborted);
    }

    /// <summary>Carries out the call in a webhook's answer; its result goes nowhere, as with Telegram.</summary>
    public void CallFromReply(JsonElement body)
    {
        var entry = body.GetProperty("method").GetString() is { } name ? MethodTable.Find(name) : null;
        if (entry is null || entry.Name.StartsWith("get", StringComparison.Ordinal) || entry.Name is "setWebhook" or "close")
            return;
        using var call = ApiCall.FromReply(entry.Name, body);
        truth.Request(entry.Name, call.Long("chat_id"), options.Time.GetUtcNow());
        try
        {
            Run(entry, call);
        }
        catch (ApiError)
        {
            // Telegram reports nothing to the bot either.
        }
    }

    /// <summary>
    /// A route of <c>bot{token}</c> would lose tokens that contain "bot" themselves: its literal matches from the right.
    /// </summary>
    private bool IsOurs(HttpContext context) => (string)context.Request.RouteValues["credential"]! == "bot" + options.Token;

    private async Task AnswerAsync(HttpContext context, MethodEntry entry, ApiCall call)
    {
        var chatId = call.Long("chat_id");
        var request = truth.Request(entry.Name, chatId, options.Time.GetUtcNow());
        if (chatId is { } early && entry.Cost != Cost.Nothing)
            pace.CountIfTooEarly(early);
        var plan = faults.Plan(entry.Name, chatId);
        await DelayAsync(plan.Before);
        var outcome = plan.Answer is { EffectDone: false } ? default : await OutcomeAsync(context, entry, call);
        request.HasHappened = outcome.Result is not null;
        await DelayAsync(plan.After);
        request.Refusal = outcome.Error?.Message;
        request.Status = plan.Answer is { } fault
            ? await SpoilAsync(context, fault, chatId)
            : await WriteAsync(context, outcome);
        request.IsAnswered = plan.Answer is null;
    }

    private async Task<Outcome> OutcomeAsync(HttpContext context, MethodEntry entry, ApiCall call)
    {
        try
        {
            if (entry.Name != MethodTable.GetUpdates)
                return new Outcome(Run(entry, call), null, null);
            BotApiSpec.Check(call);
            return new Outcome(null, await PollAsync(call, context.RequestAborted), null);
        }
        catch (ApiError error)
        {
            return new Outcome(null, null, error);
        }
    }

    private JsonNode? Run(MethodEntry entry, ApiCall call)
    {
        BotApiSpec.Check(call);
        lock (World.Gate)
        {
            if (call.Long("chat_id") is { } chatId && Costs(entry.Cost, chatId))
                HoldPace(chatId, call.Flag("allow_paid_broadcast"));
            return entry.Run(World, call);
        }
    }

    private void HoldPace(long chatId, bool isPaid)
    {
        var wait = pace.Take(chatId, isGroup: chatId < 0, isPaid);
        if (wait == 0)
            return;
        pace.Announce(chatId, wait);
        throw ApiError.TooManyRequests(wait);
    }

    private static bool Costs(Cost cost, long chatId) => cost == Cost.Message || (cost == Cost.Edit && chatId < 0);

    private async Task<IReadOnlyList<QueuedUpdate>> PollAsync(ApiCall call, CancellationToken aborted)
    {
        Account.RememberAllowed(World, call);
        var limit = (int)Math.Clamp(call.Long("limit") ?? 100, 1, 100);
        var timeout = TimeSpan.FromSeconds(Math.Clamp(call.Long("timeout") ?? 0, 0, (long)options.LongestPoll.TotalSeconds));
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(aborted, stopping);
        return await World.Updates.TakeAsync(call.Long("offset") ?? 0, limit, timeout, ended.Token);
    }

    private Task DelayAsync(TimeSpan delay) => delay > TimeSpan.Zero ? Task.Delay(delay, stopping) : Task.CompletedTask;

    private async Task<int> SpoilAsync(HttpContext context, Fault fault, long? chatId)
    {
        if (fault.CutsConnection)
        {
            context.Abort();
            return 0;
        }
        if (fault.Error is { } error)
        {
            if (error.RetryAfter is { } seconds)
                pace.Announce(chatId ?? 0, seconds);
            await RefuseAsync(context, error);
            return error.Code;
        }
        if (fault.NullResult)
            return await WriteAsync(context, default);
        context.Response.StatusCode = fault.HtmlStatus;
        context.Response.ContentType = "text/html";
        await context.Response.WriteAsync($"<html><body><h1>{fault.HtmlStatus}</h1>nginx</body></html>", stopping);
        return fault.HtmlStatus;
    }

    private static async Task<int> WriteAsync(HttpContext context, Outcome outcome)
    {
        if (outcome.Error is { } error)
        {
            await RefuseAsync(context, error);
            return error.Code;
        }
        context.Response.ContentType = "application/json";
        if (outcome.Updates is { } updates)
            Wire.WriteUpdates(context.Response.BodyWriter, updates);
        else
            Wire.WriteOk(context.Response.BodyWriter, outcome.Result);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        return 200;
    }

    private static async Task RefuseAsync(HttpContext context, ApiError error)
    {
        context.Response.StatusCode = error.Code;
        context.Response.ContentType = "application/json";
        if (error.RetryAfter is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Wire.WriteError(context.Response.BodyWriter, error);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private readonly record struct Outcome(JsonNode? Result, IReadOnlyList<QueuedUpdate>? Updates, ApiError? Error);
}
