using CrossBorderNetwork.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace CrossBorderNetwork.Server;

/// <summary>
/// Lets <c>dotnet ef migrations add Name --project src/CrossBorderNetwork.Data --startup-project src/CrossBorderNetwork.Server
/// --context SqliteNetworkDb --output-dir Migrations/Sqlite</c> see the whole model, which the data floor alone does not know.
/// </summary>
internal sealed class DesignTimeSqliteDb : IDesignTimeDbContextFactory<SqliteNetworkDb>
{
    public SqliteNetworkDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder().UseSqlite("Data Source=:memory:").UseSnakeCaseNamingConvention().Options, ServerSetup.Model);
}
