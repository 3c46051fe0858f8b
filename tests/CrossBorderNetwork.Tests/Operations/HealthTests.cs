using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CrossBorderNetwork.TestKit;
using Microsoft.Data.Sqlite;

namespace CrossBorderNetwork.Tests.Operations;

public sealed class HealthTests
{
    [Fact]
    public async Task Ready_is_told_from_alive_and_says_why_not_by_codes()
    {
        await using var server = await ServerProcess.StartAsync();
        using var probe = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(60) };
        await ShouldSayAsync(probe, HttpStatusCode.OK);

        // A late message that is not tried before tomorrow, and a late update of a channel that is not there.
        var yesterday = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - (24 * 3_600_000);
        await server.SqlAsync("INSERT INTO inbox (channel, external_id, payload, state, attempts, received_at) VALUES ('none', 'x', '{}', 0, 1, @at)", ("@at", yesterday));
        await ShouldSayAsync(probe, HttpStatusCode.ServiceUnavailable, "inbox-late");
        await server.SqlAsync("INSERT INTO outbox (conversation_id, channel, lane, state, payload, attempts, created_at, due_at, not_after) VALUES (0, 'telegram', 1, 0, '{}', 0, @at, @at, @at)", ("@at", yesterday));
        await ShouldSayAsync(probe, HttpStatusCode.ServiceUnavailable, "inbox-late", "outbox-late");
        await server.SqlAsync("DELETE FROM inbox");
        await server.SqlAsync("DELETE FROM outbox");
        await ShouldSayAsync(probe, HttpStatusCode.OK);

        await using (var other = new SqliteConnection($"Data Source={server.DatabaseFile};Pooling=False"))
        {
            await other.OpenAsync();
            await using var hold = other.CreateCommand();
            hold.CommandText = "BEGIN IMMEDIATE";
            await hold.ExecuteNonQueryAsync();
            await ShouldSayAsync(probe, HttpStatusCode.ServiceUnavailable, "database");
        }
        await OperatedNetwork.UntilAsync(async () => (await probe.GetAsync(new Uri("/health", UriKind.Relative))).IsSuccessStatusCode);
    }

    private static async Task ShouldSayAsync(HttpClient probe, HttpStatusCode status, params string[] reasons)
    {
        (await probe.GetStringAsync(new Uri("/alive", UriKind.Relative))).ShouldBe("alive");
        using var answer = await probe.GetAsync(new Uri("/health", UriKind.Relative));
        var body = await answer.Content.ReadFromJsonAsync<JsonObject>();
        answer.StatusCode.ShouldBe(status, body!.ToJsonString());
        body["status"]!.GetValue<string>().ShouldBe(status == HttpStatusCode.OK ? "ready" : "not ready");
        body["reasons"]!.AsArray().Select(reason => reason!.GetValue<string>()).ShouldBe(reasons);
    }
}
