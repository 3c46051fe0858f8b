using Npgsql;

namespace CrossBorderNetwork.Data;

/// <summary>
/// Hears what other servers announce (LISTEN), on a connection of its own. What was said while it was broken is lost; so after each
/// connect everything counts as changed.
/// </summary>
internal sealed class PostgresNotices(string connectionString, Action<string, string?> heard)
{
    internal const string Channel = "crossbordernetwork";

    /// <summary>Said in place of a topic when everything may have changed.</summary>
    internal const string Everything = "";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(ct);
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException or InvalidOperationException)
            {
                // The database is away; health says so.
                await Task.Delay(Pause, TimeProvider.System, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, KeepAlive = 10 };
        await using var connection = await PostgresEngine.OpenAsync(builder, ct);
        connection.Notification += (_, notice) => Hear(notice.Payload);
        await using (var command = new NpgsqlCommand("LISTEN " + Channel, connection)) await command.ExecuteNonQueryAsync(ct);
        heard(Everything, null);
        while (true) await connection.WaitAsync(ct);
    }

    private void Hear(string payload)
    {
        var cut = payload.IndexOf(' ', StringComparison.Ordinal);
        if (cut > 0) heard(payload[..cut], payload[(cut + 1)..]);
    }
}
