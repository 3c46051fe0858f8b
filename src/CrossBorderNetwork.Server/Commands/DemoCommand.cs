using System.CommandLine;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Demo;

namespace CrossBorderNetwork.Server.Commands;

/// <summary><c>demo</c> fills an empty database with invented people. It never touches one that holds real members.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same people.", DefaultValueFactory = _ => 1 };
        var members = new Option<int>("--members") { Description = "How many members.", DefaultValueFactory = _ => 300 };
        members.Validators.Add(result =>
        {
            if (result.GetValue(members) is < 3 or > 200_000) result.AddError("--members must be between 3 and 200000.");
        });
        var telegramFrom = new Option<long?>("--telegram-from") { Description = "Gives the members consecutive Telegram user ids from this one on, for load tests." };
        var command = new Command("demo", "Fills an empty database with a believable network of invented people.") { seed, members, telegramFrom };
        command.SetAction((parsed, ct) => RunAsync(new DemoPlan(parsed.GetValue(seed), parsed.GetValue(members), parsed.GetValue(telegramFrom)), ct));
        return command;
    }

    private static async Task<int> RunAsync(DemoPlan plan, CancellationToken ct)
    {
        var here = Surroundings.Read();
        var telegram = here.Telegram;
        var faults = ConfigurationCheck.Faults(here.Configuration).ToList();
        if (telegram.Token.Length > 0 && !(plan.TelegramFrom is not null && Uri.TryCreate(telegram.ApiBaseUrl, UriKind.Absolute, out var api) && api.IsLoopback))
            faults.Add("Telegram:Token is set: the demonstration is only made without it (for load tests: --telegram-from with a loopback Telegram:ApiBaseUrl).");
        foreach (var fault in faults) await Console.Error.WriteLineAsync("Configuration: " + fault);
        if (faults.Count > 0) return 1;

        await using var network = here.BuildNetwork();
        var database = network.GetRequiredService<Database>();
        await Schema.MigrateAsync(database, ct);
        if (!await ActivatorUtilities.CreateInstance<FillDemo>(network).RunAsync(plan, ct))
        {
            await Console.Error.WriteLineAsync("The database holds people already; nothing was changed. Name another database, such as Database__ConnectionString='Data Source=data/demo.db'");
            return 1;
        }
        Console.WriteLine($"{plan.Members} invented members are in {database.Name}. Start the server and open the web chat.");
        return 0;
    }
}
