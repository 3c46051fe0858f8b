using System.Globalization;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Rounds;

namespace CrossBorderNetwork.Demo;

/// <summary>What a demonstration is made of.</summary>
/// <param name="Seed">The same seed gives the same people.</param>
/// <param name="Members">How many, on both sides together.</param>
/// <param name="TelegramFrom">Gives the members consecutive Telegram user ids from this one on; null: they are on the web chat.</param>
public sealed record DemoPlan(int Seed = 1, int Members = 300, long? TelegramFrom = null);

/// <summary>Fills an empty database with a network that a visitor can believe, and marks it as a demonstration for good.</summary>
public sealed class FillDemo(Database database, DialogContent content, RoundSearch search, TimeProvider time)
{
    /// <summary>Sender ids on the web chat of the people whom a visitor can be.</summary>
    public const string MemberInLithuania = "demo-lt";
    public const string MemberInPoland = "demo-pl";
    public const string Coordinator = "demo-coordinator";

    private const int Batch = 100;

    /// <summary>A larger network is made for load tests, which need no past round.</summary>
    private const int MostWithRound = 5000;

    /// <returns>False where the database holds people already: nothing was changed.</returns>
    public async Task<bool> RunAsync(DemoPlan plan, CancellationToken ct)
    {
        await using (var work = await database.BeginAsync(ct))
        {
            if (await work.Db.KindAsync(ct) != NetworkKind.Empty) return false;
            work.Db.State.Add(new NetworkState { Key = NetworkState.Demo, Value = plan.Seed.ToString(CultureInfo.InvariantCulture) });
            await work.CommitAsync(ct);
        }
        var people = new DemoPeople(content, new Random(plan.Seed));
        var organisations = new Dictionary<string, Organisation>();
        var members = new List<(long Id, string Side)>();
        for (var from = 0; from < plan.Members; from += Batch)
        {
            await using var work = await database.BeginAsync(ct);
            for (var i = from; i < Math.Min(from + Batch, plan.Members); i++) members.Add(await AddAsync(work, people, organisations, plan, i, ct));
            await work.CommitAsync(ct);
        }
        await using (var work = await database.BeginAsync(ct))
        {
            await new DemoHistory(work, people, time.GetUtcNow()).AddAsync(members, authorId: members[2].Id, ct);
            await work.CommitAsync(ct);
        }
        if (plan.Members <= MostWithRound)
            await new DemoRound(database, search, time).AddAsync([.. members.Take(3).Select(member => member.Id)], coordinatorId: members[2].Id, people, ct);
        return true;
    }

    private async Task<(long Id, string Side)> AddAsync(UnitOfWork work, DemoPeople people, Dictionary<string, Organisation> organisations, DemoPlan plan, int index, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var side = index % 2 == 0 ? "LT" : "PL";
        var role = index switch { 0 => "teacher", 1 => "head", 2 => "official", _ => people.Role() };
        var municipality = index switch { 0 => "LT06", 1 => "2011032", 2 => "LT06", _ => people.Municipality(side) };
        var name = index switch { 0 => "Ona Kazlauskienė", 1 => "Anna Nowak", 2 => "Rasa Balčiūnienė", _ => people.Name(side) };
        var telegramId = plan.TelegramFrom + index;
        var sender = telegramId?.ToString(CultureInfo.InvariantCulture)
            ?? index switch { 0 => MemberInLithuania, 1 => MemberInPoland, 2 => Coordinator, _ => FormattableString.Invariant($"demo-{index}") };
        var conversation = new Conversation
        {
            Channel = telegramId is null ? "webchat" : "telegram", Address = sender, SenderId = sender,
            Language = side == "LT" ? "lt" : "pl", LanguageChosen = true, LastActiveAt = now.AddHours(-people.Between(1, 2000)),
        };
        work.Db.Conversations.Add(conversation);
        await work.SaveAsync(ct);
        conversation.PersonId = conversation.Id;

        var zone = content.Lists["municipalities"].Find(municipality)!.Attributes["zone"];
        var day = people.Chance(.8) || index < 3 ? DayOfWeek.Monday : (DayOfWeek)people.Between(2, 5);
        var hour = people.Chance(.8) || index < 3 ? 8 : people.Between(7, 19);
        var member = new Member
        {
            Id = conversation.Id, Name = name, Contact = Email(name), Side = side, Municipality = municipality, Zone = zone, Role = role,
            OrganisationId = (await OrganisationAsync(work, people, organisations, role, municipality, side, ct))?.Id,
            Languages = index < 3 ? new() { ["lt"] = side == "LT" ? "works" : "understands", ["pl"] = side == "PL" ? "works" : "converses", ["en"] = "converses" } : people.Languages(side),
            Topics = index < 3 ? ["outdoor", "bilingual", "music"] : people.Some("topics", 1, 7),
            Offers = people.Some("forms", 0, 3), Seeks = people.Some("forms", 1, 3), About = people.About(side),
            DigestDay = day, DigestHour = hour, WantsDigest = true, WantsAnnouncements = people.Chance(.9), MayBeFound = index < 3 || people.Chance(.95),
            JoinedAt = now.AddDays(-people.Between(10, 400)), LastActiveAt = conversation.LastActiveAt,
            NextDigestAt = DigestClock.Next(day, hour, zone, now),
        };
        member.IsBridge = member.Languages.GetValueOrDefault("lt") is "converses" or "works" && member.Languages.GetValueOrDefault("pl") is "converses" or "works" && people.Chance(.5);
        work.Db.Members.Add(member);
        if (index == 2) work.Db.Coordinators.Add(new Coordinator { PersonId = member.Id, Side = "LT", AppointedBy = member.Id, At = now });
        return (member.Id, side);
    }

    private static async Task<Organisation?> OrganisationAsync(
        UnitOfWork work, DemoPeople people, Dictionary<string, Organisation> organisations, string role, string municipality, string side, CancellationToken ct)
    {
        if (people.Organisation(role, side) is not { } name) return null;
        if (organisations.TryGetValue($"{name}|{municipality}", out var known)) return known;
        var organisation = new Organisation { Name = name, FoldedName = Folding.Fold(name), Municipality = municipality, Side = side };
        work.Db.Organisations.Add(organisation);
        await work.SaveAsync(ct);
        return organisations[$"{name}|{municipality}"] = organisation;
    }

    /// <summary>An address under a domain that is reserved for examples (RFC 2606).</summary>
    private static string Email(string name) => Folding.Fold(name).Replace(' ', '.') + "@example.org";
}
