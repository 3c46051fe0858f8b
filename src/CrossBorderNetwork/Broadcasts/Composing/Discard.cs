using CrossBorderNetwork.Data;
using CrossBorderNetwork.Scheduling;

namespace CrossBorderNetwork.Broadcasts;

/// <summary>
/// Throws away what never went out, with its photo or document: a draft, or all that a forgotten person was still writing. What
/// was sent is the network's and stays.
/// </summary>
public static class Discard
{
    private const string OfPerson = "author_id = @1 AND started_at IS NULL";

    private const string OfId = "id = @1 AND started_at IS NULL";

    public static void Draft(UnitOfWork work, long id) => Run(work, OfId, id);

    public static async Task OfPersonAsync(UnitOfWork work, long personId, CancellationToken ct)
    {
        await work.SaveAsync(ct);
        Run(work, OfPerson, personId);
    }

    /// <summary>Files that were sent to the bot but that no announcement shows.</summary>
    internal static int UnusedFiles(UnitOfWork work, DateTimeOffset before) =>
        work.Execute("DELETE FROM media_file WHERE created_at < @1 AND id NOT IN (SELECT file_id FROM broadcast)", before.ToUnixTimeMilliseconds());

    private static void Run(UnitOfWork work, string which, long id)
    {
        // The same file may stand in another announcement too.
        work.Execute($"DELETE FROM media_file WHERE id IN (SELECT file_id FROM broadcast WHERE {which}) AND id NOT IN (SELECT file_id FROM broadcast WHERE NOT ({which}))", id);
        work.Execute($"DELETE FROM broadcast WHERE {which}", id);
    }
}

/// <summary>Once a day: files that nobody sent to anybody.</summary>
internal sealed class DiscardJob(Database database, TimeProvider time) : IScheduledJob
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    public string Name => "discard-files";

    public string Schedule => "0 40 1 * * ?";

    public async Task RunAsync(CancellationToken ct)
    {
        await using var work = await database.BeginAsync(ct);
        Discard.UnusedFiles(work, time.GetUtcNow() - Kept);
        await work.CommitAsync(ct);
    }
}
