using System.CommandLine;
using System.Globalization;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Server.Commands;

/// <summary>
/// <c>settle --taken WHEN</c> brings a database to the present that its own server has restored, before our servers start on it:
/// whoever was erased since is erased again, and what was to be sent when the backup was taken is let go of.
/// </summary>
internal static class SettleCommand
{
    public static Command Create()
    {
        var taken = new Option<DateTimeOffset>("--taken")
        {
            Description = "When the backup was taken, such as 2026-11-27T03:00Z.",
            Required = true,
            CustomParser = result =>
            {
                if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var when)) return when;
                result.AddError("--taken is a moment such as 2026-11-27T03:00Z.");
                return default;
            },
        };
        var command = new Command("settle", "After a database server has restored its own backup (pg_restore): stop all servers first.") { taken };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(taken), ct));
        return command;
    }

    private static async Task<int> RunAsync(DateTimeOffset taken, CancellationToken ct)
    {
        await using var network = Surroundings.Read().BuildNetwork();
        var database = network.GetRequiredService<Data.Database>();
        using var held = new ServerLock(database);
        if (!held.TryTake()) return CommandLine.Refuse($"A server works on {database.Name}. Stop it first.");
        Console.WriteLine($"{database.Name} is settled.");
        Console.WriteLine(await BringToPresentAsync(network, database, taken, ct));
        return 0;
    }

    /// <returns>What was done, in a sentence.</returns>
    public static async Task<string> BringToPresentAsync(IServiceProvider network, Data.Database database, DateTimeOffset taken, CancellationToken ct)
    {
        await Schema.MigrateAsync(database, ct);
        var erased = await network.GetRequiredService<ReapplyErasures>().RunAsync(ct);
        var settled = await network.GetRequiredService<SettleRestored>().RunAsync(taken, ct);
        await database.PurgeDeletedAsync(ct);
        return $"Erased again: {erased} people. Not sent again: {settled.InDoubt} messages in doubt, {settled.Expired} too old. Updates set aside: {settled.Updates}.";
    }
}
