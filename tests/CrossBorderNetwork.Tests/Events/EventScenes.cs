using CrossBorderNetwork.Data;
using CrossBorderNetwork.Events;
using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork.Tests.Events;

/// <summary>What several tests of events begin with.</summary>
internal static class EventScenes
{
    /// <summary>Monday, 12 October 2026, 10:00 in Vilnius and 9:00 in Warsaw: a week after the clock's start.</summary>
    public static readonly DateTimeOffset NextMonday = new(2026, 10, 12, 7, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<ScriptedMember> CoordinatorAsync(this TestNetwork network, string name, string side)
    {
        var person = await network.MemberAsync(name, side);
        await network.AppointAsync(person, side);
        return person;
    }

    /// <summary>An event that is simply there.</summary>
    public static async Task<long> AddEventAsync(
        this TestNetwork network, DateTimeOffset? startsAt = null, int? capacity = null, IReadOnlyList<string>? topics = null, string title = "Renginys", string language = "lt",
        IReadOnlyList<string>? organisersLt = null, IReadOnlyList<string>? organisersPl = null)
    {
        await using var work = await network.Services.GetRequiredService<Database>().BeginAsync(Ct);
        var added = new NetworkEvent
        {
            Title = new LocalizedText([KeyValuePair.Create(language, title)]), Description = LocalizedText.Empty, StartsAt = startsAt ?? NextMonday, IsPublic = false,
            Capacity = capacity, Topics = [.. topics ?? []], OrganisersLt = [.. organisersLt ?? []], OrganisersPl = [.. organisersPl ?? []],
            AuthorId = 0, PublishedAt = network.Clock.GetUtcNow(),
        };
        work.Db.Events.Add(added);
        await work.CommitAsync(Ct);
        return added.Id;
    }

    /// <summary>Opens the card as a link to the event does.</summary>
    public static Task OpensEvent(this ScriptedMember member, long id) => member.Types($"/start event-{id}");

    public static async Task<List<SignUp>> SignUpsAsync(this TestNetwork network)
    {
        await using var db = network.Read();
        return await db.SignUps.AsNoTracking().OrderBy(s => s.Id).ToListAsync(Ct);
    }

    /// <summary>How often the person was shown the fragment.</summary>
    public static int TimesShown(this ScriptedMember member, string fragment) => member.Transcript.Split(fragment).Length - 1;
}
