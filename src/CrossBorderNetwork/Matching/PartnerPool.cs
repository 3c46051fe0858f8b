using System.Collections.Concurrent;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Matching.Ranking;
using CrossBorderNetwork.Matching.Scoring;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CrossBorderNetwork.Matching;

/// <summary>
/// All members as the score sees them, in memory. A commit only marks whom it changed (no verb needs to think of it) and the next
/// question reads the marked ones again, so the order in which commits are told cannot matter. The index proposes, the database decides.
/// </summary>
public sealed class PartnerPool : IHostedService, IDisposable
{
    /// <summary>From so many changes on it is quicker to read everybody.</summary>
    private const int ManyChanges = 50;

    /// <summary>Where a member's municipality has left the list: the middle of the programme area.</summary>
    private static readonly GeoPoint MiddleOfTheArea = new(54.1, 23.3);

    private readonly Database _database;
    private readonly TimeProvider _time;
    private readonly ControlledList _municipalities;
    private readonly PartnerIndex _index;
    private readonly double _priceStrength;
    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private readonly ConcurrentDictionary<long, bool> _changed = [];
    private readonly Dictionary<long, DateTimeOffset> _paused = [];
    private volatile bool _arePricesOld = true;
    private volatile bool _isOld = true;

    public PartnerPool(Database database, DialogContent content, IOptions<ScoreWeights> weights, IOptions<MatchingOptions> options, TimeProvider time)
    {
        _database = database;
        _time = time;
        _municipalities = content.Lists["municipalities"];
        _index = new PartnerIndex(ContentVocabulary.Of(content), weights.Value);
        _priceStrength = options.Value.PriceStrength;
        database.Watch<Member>(id =>
        {
            if (id is { } member) _changed[member] = true;
            else _isOld = true;
        });
        database.Watch<MemberPrice>(_ => _arePricesOld = true);
    }

    private DateOnly Today => DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);

    /// <summary>The best partners of a member who can be introduced now, best first; empty where there is none.</summary>
    /// <param name="db">Decides who is still there, may be found, is not paused and can be reached.</param>
    /// <param name="memberId">Who asks.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="excluded">Whom this member must not be shown.</param>
    /// <param name="ct">Cancels the look-ups.</param>
    public async Task<IReadOnlyList<long>> TopAsync(NetworkDb db, long memberId, int count, IReadOnlySet<long> excluded, CancellationToken ct)
    {
        await RefreshAsync(ct);
        var skipped = new HashSet<long>(excluded);
        while (true)
        {
            var proposed = _index.Top(memberId, count, Today, skipped).Select(ranked => ranked.Id).ToList();
            var present = await PresentAsync(db, proposed, ct);
            if (present.Count == proposed.Count) return proposed;
            skipped.UnionWith(proposed.Where(id => !present.Contains(id)));
        }
    }

    /// <summary>The explained score of two members; null where one is unknown.</summary>
    public async Task<Assessment?> AssessAsync(long memberId, long otherId, CancellationToken ct)
    {
        await RefreshAsync(ct);
        return _index.Assess(memberId, otherId, Today);
    }

    /// <summary>Everybody as the score sees them, read now: for a round, which must miss nobody.</summary>
    public async Task<IReadOnlyList<Profile>> ProfilesAsync(NetworkDb db, CancellationToken ct)
    {
        var now = _time.GetUtcNow();
        var conversations = db.Conversations;
        var reachable = await conversations.Where(conversation => conversation.Reachable && !conversation.Forgotten).Select(conversation => conversation.PersonId).ToHashSetAsync(ct);
        var members = await db.Members.AsNoTracking().OrderBy(member => member.Id).ToListAsync(ct);
        return [.. members.Select(member => ProfileOf(member, now)).Select(profile => reachable.Contains(profile.Id) ? profile : profile with { Available = false })];
    }

    /// <summary>Whether a member may be found, is not paused and can be reached, at this moment.</summary>
    public async Task<bool> IsPresentAsync(NetworkDb db, long memberId, CancellationToken ct) => (await PresentAsync(db, [memberId], ct)).Count == 1;

    public Task StartAsync(CancellationToken cancellationToken) => RefreshAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _refreshing.Dispose();

    private async Task<HashSet<long>> PresentAsync(NetworkDb db, List<long> ids, CancellationToken ct)
    {
        var now = _time.GetUtcNow();
        var conversations = db.Conversations;
        return [.. await db.Members
            .Where(member => ids.Contains(member.Id) && member.MayBeFound && (member.PausedUntil == null || member.PausedUntil <= now))
            .Where(member => conversations.Any(conversation => conversation.PersonId == member.Id && conversation.Reachable && !conversation.Forgotten))
            .Select(member => member.Id)
            .ToListAsync(ct)];
    }

    private async Task RefreshAsync(CancellationToken ct)
    {
        await _refreshing.WaitAsync(ct);
        try
        {
            var now = _time.GetUtcNow();
            List<long> marked = [.. _changed.Keys.Union(_paused.Where(pause => pause.Value <= now).Select(pause => pause.Key))];
            var (all, price) = (_isOld, _arePricesOld);
            if (!all && marked.Count == 0 && !price) return;
            // Taken off before reading: a commit from here on marks again.
            foreach (var id in marked) _changed.TryRemove(id, out _);
            (_isOld, _arePricesOld) = (false, false);
            try
            {
                await using var db = _database.Read();
                if (!all && marked.Count < ManyChanges) await ReadAsync(db, marked, now, ct);
                else await ReadAllAsync(db, now, ct);
                if (price) _index.Price(await db.MemberPrices.ToDictionaryAsync(member => member.MemberId, member => member.Price, ct), _priceStrength);
            }
            catch
            {
                foreach (var id in marked) _changed[id] = true;
                _isOld |= all;
                _arePricesOld |= price;
                throw;
            }
        }
        finally
        {
            _refreshing.Release();
        }
    }

    private async Task ReadAllAsync(NetworkDb db, DateTimeOffset now, CancellationToken ct)
    {
        var members = await db.Members.AsNoTracking().ToListAsync(ct);
        _index.Load(members.Select(member => ProfileOf(member, now)));
        _paused.Clear();
        foreach (var member in members.Where(member => member.IsPausedAt(now))) _paused[member.Id] = member.PausedUntil!.Value;
    }

    private async Task ReadAsync(NetworkDb db, List<long> ids, DateTimeOffset now, CancellationToken ct)
    {
        var members = await db.Members.AsNoTracking().Where(member => ids.Contains(member.Id)).ToDictionaryAsync(member => member.Id, ct);
        foreach (var id in ids)
        {
            _paused.Remove(id);
            if (!members.TryGetValue(id, out var member))
            {
                _index.Remove(id);
                continue;
            }
            _index.Set(ProfileOf(member, now));
            if (member.IsPausedAt(now)) _paused[id] = member.PausedUntil!.Value;
        }
    }

    private Profile ProfileOf(Member member, DateTimeOffset now) => new()
    {
        Id = member.Id,
        Side = member.Side == "PL" ? Side.PL : Side.LT,
        Place = PlaceOf(member.Municipality),
        Role = member.Role,
        Languages = member.Languages.ToDictionary(known => known.Key, known => known.Value switch
        {
            "works" => Level.C1,
            "converses" => Level.B1,
            _ => Level.A1,
        }),
        Topics = member.Topics.ToHashSet(),
        Offers = member.Offers.ToHashSet(),
        Seeks = member.Seeks.ToDictionary(form => form, _ => 1),
        Available = member.MayBeFound && !member.IsPausedAt(now),
        AcceptsTranslator = member.AcceptsTranslator,
        Capacity = member.RoundCapacityAt(now),
        Bridge = member.IsBridge,
        LastActive = member.LastActiveAt,
        TimesFound = member.TimesFound,
    };

    private GeoPoint PlaceOf(string municipality) =>
        _municipalities.Find(municipality) is { } town && TryDegrees(town, "lat", out var latitude) && TryDegrees(town, "lon", out var longitude)
            ? new GeoPoint(latitude, longitude)
            : MiddleOfTheArea;

    private static bool TryDegrees(ListItem town, string attribute, out double degrees) =>
        double.TryParse(town.Attributes.GetValueOrDefault(attribute), System.Globalization.CultureInfo.InvariantCulture, out degrees);
}
