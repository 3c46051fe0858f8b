using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using CrossBorderNetwork.Data;

namespace CrossBorderNetwork.Members;

/// <summary>One erasure: opaque row numbers, nothing by which a person can be known.</summary>
/// <param name="Network">Which network it happened in.</param>
/// <param name="Number">Erasures of a network are counted from 1; the database remembers the last.</param>
/// <param name="At">When.</param>
/// <param name="Ids">Row numbers of the person and of the person's conversations.</param>
public sealed record ErasureEntry(
    [property: JsonPropertyName("network")] string Network,
    [property: JsonPropertyName("number")] long Number,
    [property: JsonPropertyName("at")] DateTimeOffset At,
    [property: JsonPropertyName("ids")] IReadOnlyList<long> Ids);

/// <summary>
/// Remembers outside the database, in <see cref="Database.LedgerPath"/>, who was erased from it, so that a restored backup can be
/// brought to forget them again. The database counts the erasures that it has been through; those beyond are missing. Without a
/// file, on PostgreSQL whose operator named none, nothing is remembered.
/// </summary>
public sealed class ErasureLedger(Database database, TimeProvider time)
{
    private const string NetworkKey = "network-id";
    private const string CountKey = "erasures";
    private const string Set = "INSERT INTO network_state (key, value) VALUES (@1, @2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    private const string Get = "SELECT value FROM network_state WHERE key = @1";

    public string? FilePath { get; } = database.LedgerPath;

    /// <summary>Gives a network its id, by which its entries are told from those of another in the same folder.</summary>
    public static string Identify(UnitOfWork work)
    {
        if (work.Scalar(Get, NetworkKey) is string known) return known;
        var id = RandomNumberGenerator.GetHexString(16, lowercase: true);
        work.Execute(Set, NetworkKey, id);
        return id;
    }

    /// <summary>
    /// Writes an erasure down before it is committed. Should the commit fail, the person, who asked for it, is erased when a
    /// backup is restored.
    /// </summary>
    internal void Remember(UnitOfWork work, IReadOnlyList<long> ids)
    {
        if (FilePath is null) return;
        var entry = new ErasureEntry(Identify(work), Count(work) + 1, time.GetUtcNow(), ids);
        using (var file = new FileStream(FilePath, FileMode.Append, FileAccess.Write, FileShare.Read))
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(entry));
            file.WriteByte((byte)'\n');
            file.Flush(flushToDisk: true);
        }
        Reached(work, entry.Number);
    }

    /// <summary>Erasures that this database has not been through, in their order.</summary>
    internal IReadOnlyList<ErasureEntry> Missing(UnitOfWork work)
    {
        if (FilePath is null || !File.Exists(FilePath)) return [];
        var (network, count) = (Identify(work), Count(work));
        return [.. Read(FilePath).Where(entry => entry.Network == network && entry.Number > count).OrderBy(entry => entry.Number)];
    }

    internal static void Reached(UnitOfWork work, long number) => work.Execute(Set, CountKey, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds what another ledger, such as the one beside a backup, knows and this one does not.</summary>
    public void Merge(string other)
    {
        if (FilePath is null || !File.Exists(other)) return;
        var known = File.Exists(FilePath) ? File.ReadAllLines(FilePath).ToHashSet(StringComparer.Ordinal) : [];
        File.AppendAllLines(FilePath, File.ReadAllLines(other).Where(line => !known.Contains(line)));
    }

    private static long Count(UnitOfWork work) => work.Scalar(Get, CountKey) is string count ? long.Parse(count, CultureInfo.InvariantCulture) : 0;

    /// <summary>A line that a power cut broke off stands for an erasure that was never committed.</summary>
    private static IEnumerable<ErasureEntry> Read(string file)
    {
        foreach (var line in File.ReadLines(file))
        {
            ErasureEntry? entry = null;
            try
            {
                entry = JsonSerializer.Deserialize<ErasureEntry>(line);
            }
            catch (JsonException)
            {
                continue;
            }
            if (entry is not null) yield return entry;
        }
    }
}
