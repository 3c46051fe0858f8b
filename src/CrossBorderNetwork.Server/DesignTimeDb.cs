using CrossBorderNetwork.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace CrossBorderNetwork.Server;

/// <summary>
/// Lets the migrations of both databases see the whole model, which the data floor alone does not know:
/// <code>
/// dotnet ef migrations add Name --project src/CrossBorderNetwork.Data --startup-project src/CrossBorderNetwork.Server --context SqliteNetworkDb --output-dir Migrations/Sqlite
/// dotnet ef migrations add Name --project src/CrossBorderNetwork.Data --startup-project src/CrossBorderNetwork.Server --context PostgresNetworkDb --output-dir Migrations/PostgreSql
/// </code>
/// </summary>
internal sealed class DesignTimeSqliteDb : IDesignTimeDbContextFactory<SqliteNetworkDb>
{
    public SqliteNetworkDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder().UseSqlite("Data Source=:memory:").UseSnakeCaseNamingConvention().Options, ServerSetup.Model);
}

/// <summary>See <see cref="DesignTimeSqliteDb"/>; it never connects.</summary>
internal sealed class DesignTimePostgresDb : IDesignTimeDbContextFactory<PostgresNetworkDb>
{
    public PostgresNetworkDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder().UseNpgsql("Host=localhost;Database=network").UseSnakeCaseNamingConvention().Options, ServerSetup.Model);
}
