using CrossBorderNetwork.Channels.WebChat;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Data;

/// <summary>Both databases have the tables of the model, are brought up once however many servers start, and are not touched by an older version.</summary>
public sealed class SchemaTests : IDisposable
{
    private static readonly ModelParts Parts = new([typeof(Inbox).Assembly, typeof(Member).Assembly, typeof(WebChatSetup).Assembly]);

    private readonly string _folder = TestFolders.Create();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite, "Data Source=:memory:")]
    [InlineData(DatabaseProvider.PostgreSql, "Host=nowhere.invalid;Database=network")]
    public async Task The_migrations_lead_to_the_model(DatabaseProvider provider, string connectionString)
    {
        await using var database = new Database(new DatabaseOptions { Provider = provider, ConnectionString = connectionString }, Parts);
        await using var db = database.Read();

        db.Database.GetMigrations().ShouldNotBeEmpty();
        db.Database.HasPendingModelChanges().ShouldBeFalse($"a migration is missing: see DesignTimeDb.cs for the command of {provider}");
    }

    [Fact]
    public async Task On_PostgreSQL_servers_that_start_together_bring_it_up_once()
    {
        var options = await EmptyPostgresAsync();
        var databases = Enumerable.Range(0, 3).Select(_ => new Database(options, Parts)).ToList();

        var applied = await Task.WhenAll(databases.Select(database => Schema.MigrateAsync(database, Ct)));

        applied.Count(migrations => migrations.Count > 0).ShouldBe(1);
        await using (var db = databases[0].Read()) (await db.Set<Member>().CountAsync(Ct)).ShouldBe(0);
        foreach (var database in databases) await database.DisposeAsync();
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task A_database_of_a_newer_version_is_refused(DatabaseProvider provider)
    {
        var options = provider == DatabaseProvider.Sqlite ? new DatabaseOptions { ConnectionString = $"Data Source={Path.Combine(_folder, "network.db")}" } : await EmptyPostgresAsync();
        await using var database = new Database(options, Parts);
        await Schema.MigrateAsync(database, Ct);
        await using (var work = await database.BeginAsync(Ct))
        {
            work.Execute("INSERT INTO \"__EFMigrationsHistory\" VALUES ('20990101000000_Future', '99.0')");
            await work.CommitAsync(Ct);
        }

        (await Should.ThrowAsync<NewerSchemaException>(Schema.MigrateAsync(database, Ct))).Message.ShouldContain("20990101000000_Future");
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<DatabaseOptions> EmptyPostgresAsync()
    {
        Assert.SkipUnless(PostgresCluster.IsInstalled, PostgresCluster.Missing);
        var cluster = await PostgresCluster.SharedAsync();
        return new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = cluster.ConnectionString(await cluster.CreateAsync()) };
    }
}
