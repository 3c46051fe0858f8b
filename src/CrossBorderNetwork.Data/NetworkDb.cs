using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CrossBorderNetwork.Data;

/// <summary>
/// The one database of a network. It knows no table of its own: each slice maps its entities and adds its sets as extension
/// properties. Instants are stored as UTC milliseconds, so that both providers order them alike.
/// </summary>
public abstract class NetworkDb(DbContextOptions options, ModelParts parts) : DbContext(options)
{
    private string Parts { get; } = string.Join(';', parts.Assemblies.Select(assembly => assembly.FullName));

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.ReplaceService<IModelCacheKeyFactory, PartsKey>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var assembly in parts.Assemblies) modelBuilder.ApplyConfigurationsFromAssembly(assembly);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcMilliseconds>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    /// <summary>One model for each set of parts: by itself EF keeps one for each type of context.</summary>
    private sealed class PartsKey : IModelCacheKeyFactory
    {
        public object Create(DbContext context, bool designTime) => (context.GetType(), ((NetworkDb)context).Parts, designTime);
    }

    private sealed class UtcMilliseconds() : ValueConverter<DateTimeOffset, long>(
        instant => instant.ToUnixTimeMilliseconds(),
        milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}

/// <summary>The network in one SQLite file; its own type so that its migrations stand apart from PostgreSQL's.</summary>
public sealed class SqliteNetworkDb(DbContextOptions options, ModelParts parts) : NetworkDb(options, parts);

/// <summary>The network on a PostgreSQL server.</summary>
public sealed class PostgresNetworkDb(DbContextOptions options, ModelParts parts) : NetworkDb(options, parts);
