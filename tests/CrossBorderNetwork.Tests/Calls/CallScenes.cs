using CrossBorderNetwork.Calls;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork.Tests.Calls;

/// <summary>What several tests of calls begin with.</summary>
internal static class CallScenes
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A call that is simply there; without a last day it is open for a month.</summary>
    public static async Task<long> AddCallAsync(
        this TestNetwork network, ScriptedMember author, string title = "Kvietimas", string language = "lt", DateOnly? lastDay = null,
        IReadOnlyList<string>? topics = null, IReadOnlyList<string>? roles = null, IReadOnlyList<string>? sides = null)
    {
        var authorId = await author.PersonIdAsync();
        var now = network.Clock.GetUtcNow();
        var day = lastDay ?? DateOnly.FromDateTime(now.UtcDateTime).AddDays(30);
        await using var work = await network.Services.GetRequiredService<Database>().BeginAsync(Ct);
        var added = new Call
        {
            Type = "exchange", Title = new LocalizedText([KeyValuePair.Create(language, title)]), Description = LocalizedText.Empty,
            Topics = [.. topics ?? []], Roles = [.. roles ?? []], Sides = [.. sides ?? []],
            LastDay = day, ClosesAt = new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(3)).ToUniversalTime(),
            AuthorId = authorId, PublishedAt = now,
        };
        work.Db.Calls.Add(added);
        await work.CommitAsync(Ct);
        return added.Id;
    }

    /// <summary>Opens the card as a link to the call does.</summary>
    public static Task OpensCall(this ScriptedMember member, long id) => member.Types($"/start call-{id}");

    public static async Task<Call> CallAsync(this TestNetwork network, long id)
    {
        await using var db = network.Read();
        return await db.Calls.AsNoTracking().SingleAsync(c => c.Id == id, Ct);
    }

    public static async Task<List<Interest>> InterestsAsync(this TestNetwork network)
    {
        await using var db = network.Read();
        return await db.Interests.AsNoTracking().OrderBy(i => i.Id).ToListAsync(Ct);
    }
}
