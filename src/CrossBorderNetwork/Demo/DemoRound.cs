using System.Globalization;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Introductions;
using CrossBorderNetwork.Matching.Rounds;
using CrossBorderNetwork.Rounds;

namespace CrossBorderNetwork.Demo;

/// <summary>Last month's round of the invented network: searched as a real one is, with invented answers.</summary>
internal sealed class DemoRound(Database database, RoundSearch search, TimeProvider time)
{
    /// <param name="visitors">Members who were not there yet: a visitor shall have everything before them.</param>
    /// <param name="coordinatorId">Who approved it.</param>
    /// <param name="people">Decides the answers.</param>
    /// <param name="ct">Ends the search.</param>
    public async Task AddAsync(IReadOnlyCollection<long> visitors, long coordinatorId, DemoPeople people, CancellationToken ct)
    {
        var sentAt = time.GetUtcNow().AddMonths(-1);
        RoundOutcome outcome;
        var members = new List<(long Id, int Capacity)>();
        await using (var db = database.Read())
        {
            outcome = await search.RunAsync(db, seed: 1, profile =>
            {
                if (visitors.Contains(profile.Id)) return profile with { Capacity = 0 };
                if (profile is { Available: true, Capacity: > 0 }) members.Add((profile.Id, profile.Capacity));
                return profile;
            }, ct);
        }

        await using var work = await database.BeginAsync(ct);
        var round = new Round
        {
            Month = sentAt.ToString("yyyy-MM", CultureInfo.InvariantCulture), State = RoundState.Closed, StartedAt = sentAt.AddDays(-1), MatchedAt = sentAt.AddDays(-1),
            ReviewedAt = sentAt, ReviewedBy = coordinatorId, SentAt = sentAt, ClosedAt = sentAt + Round.OpenAfterSending,
            Value = outcome.Value, Bound = outcome.Certificate.Bound,
            LithuaniaMembers = outcome.Lithuania.Members, LithuaniaCovered = outcome.Lithuania.Covered, LithuaniaAttainable = outcome.Lithuania.Attainable,
            PolandMembers = outcome.Poland.Members, PolandCovered = outcome.Poland.Covered, PolandAttainable = outcome.Poland.Attainable,
        };
        work.Db.Rounds.Add(round);
        await work.SaveAsync(ct);
        var left = outcome.LeftOut.ToDictionary(member => member.Id, member => member.Reason);
        foreach (var (id, capacity) in members)
        {
            LeftOutReason? reason = left.TryGetValue(id, out var why) ? why : null;
            work.Db.RoundSeats.Add(new RoundSeat { RoundId = round.Id, MemberId = id, Capacity = capacity, RoundsWaited = 0, LeftOut = reason, WasTold = reason is not null });
        }
        foreach (var pair in outcome.Pairs)
        {
            work.Db.RoundPairs.Add(new RoundPair { RoundId = round.Id, LithuanianId = pair.Lithuanian, PolishId = pair.Polish, Score = pair.Score, IsDone = true });
            work.Db.Introductions.Add(Introduced(pair, round.Id, sentAt, people));
        }
        await work.CommitAsync(ct);
    }

    private static Introduction Introduced(Introduced pair, long roundId, DateTimeOffset sentAt, DemoPeople people)
    {
        var state = people.Chance(.6) ? IntroductionState.Accepted : people.Chance(.5) ? IntroductionState.Declined : IntroductionState.Lapsed;
        return new Introduction
        {
            AskerId = pair.Lithuanian, AskedId = pair.Polish, Pair = Introduction.PairOf(pair.Lithuanian, pair.Polish), RoundId = roundId, LineLanguage = "",
            SharedLanguage = "en", State = state, YesBy = state == IntroductionState.Declined ? null : pair.Lithuanian, NoBy = state == IntroductionState.Declined ? pair.Polish : null,
            AskedAt = sentAt, AnsweredAt = state == IntroductionState.Lapsed ? null : sentAt.AddHours(people.Between(1, 60)),
        };
    }
}
