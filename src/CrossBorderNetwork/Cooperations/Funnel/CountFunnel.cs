using System.Globalization;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Introductions;
using CrossBorderNetwork.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Cooperations;

/// <summary>
/// Counts each introduction once at each stage that it reaches, whichever way it was made. What was counted stands in the same
/// transaction as the count.
/// </summary>
internal static class CountFunnel
{
    private const string Increment =
        """
        INSERT INTO funnel_count (month, view, value, stage, count) VALUES (@1, @2, @3, @4, 1)
        ON CONFLICT (month, view, value, stage) DO UPDATE SET count = funnel_count.count + 1
        """;

    /// <summary>Brings an introduction to a stage, and counts the stages on the way there.</summary>
    public static async Task AdvanceAsync(UnitOfWork work, Introduction introduction, FunnelStage reached, CancellationToken ct)
    {
        var counted = await work.Db.CountedIntroductions.FindAsync([introduction.Id], ct);
        if (counted is null)
        {
            counted = await BeginAsync(work.Db, introduction, ct);
            if (counted is null) return;
            Count(work, counted, FunnelStage.Introduced);
        }
        while (counted.Stage < reached) Count(work, counted, ++counted.Stage);
    }

    /// <summary>How far an introduction has come by itself: what follows is said by the two.</summary>
    public static FunnelStage StageOf(Introduction introduction) =>
        introduction.State == IntroductionState.Accepted ? FunnelStage.Accepted : FunnelStage.Introduced;

    private static async Task<CountedIntroduction?> BeginAsync(NetworkDb db, Introduction introduction, CancellationToken ct)
    {
        if (await db.Set<Members.Member>().FindAsync([introduction.AskerId], ct) is not { } asker) return null;
        if (await db.Set<Members.Member>().FindAsync([introduction.AskedId], ct) is not { } asked) return null;
        var counted = new CountedIntroduction
        {
            IntroductionId = introduction.Id,
            Month = introduction.AskedAt.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            Side = introduction.RoundId is null ? asker.Side : FunnelCount.Round, AskerRole = asker.Role, AskerMunicipality = asker.Municipality, AskedRole = asked.Role, AskedMunicipality = asked.Municipality,
        };
        db.CountedIntroductions.Add(counted);
        return counted;
    }

    private static void Count(UnitOfWork work, CountedIntroduction counted, FunnelStage stage)
    {
        Add(FunnelView.Month, counted.Month);
        Add(FunnelView.Side, counted.Side);
        foreach (var role in new[] { counted.AskerRole, counted.AskedRole }.Distinct()) Add(FunnelView.Role, role);
        foreach (var municipality in new[] { counted.AskerMunicipality, counted.AskedMunicipality }.Distinct()) Add(FunnelView.Municipality, municipality);

        void Add(FunnelView view, string value) => work.Execute(Increment, counted.Month, view.ToString(), value, stage.ToString());
    }
}

/// <summary>Counts what is new: introductions that were made, and those that both accepted.</summary>
internal sealed class FunnelJob(Database database) : IScheduledJob
{
    private const int BatchSize = 200;

    public string Name => "funnel";

    public string Schedule => "30 2/5 * * * ?";

    public async Task RunAsync(CancellationToken ct)
    {
        List<long> behind;
        await using (var db = database.Read()) behind = await Behind(db).ToListAsync(ct);
        foreach (var batch in behind.Chunk(BatchSize))
        {
            await using var work = await database.BeginAsync(ct);
            foreach (var id in batch) await CountAsync(work, id, ct);
            await work.CommitAsync(ct);
        }
    }

    private static async Task CountAsync(UnitOfWork work, long introductionId, CancellationToken ct)
    {
        if (await work.Db.Introductions.FindAsync([introductionId], ct) is { } introduction)
            await CountFunnel.AdvanceAsync(work, introduction, CountFunnel.StageOf(introduction), ct);
    }

    /// <summary>Introductions that are counted less far than they are.</summary>
    private static IQueryable<long> Behind(NetworkDb db) =>
        from introduction in db.Introductions
        join counted in db.CountedIntroductions on introduction.Id equals counted.IntroductionId into known
        from counted in known.DefaultIfEmpty()
        where counted == null || (counted.Stage == FunnelStage.Introduced && introduction.State == IntroductionState.Accepted)
        orderby introduction.Id
        select introduction.Id;
}
