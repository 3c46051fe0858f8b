using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace CrossBorderNetwork.Messaging;

/// <summary>
/// Flood control: what one person does beyond a pace is not handled, so that nobody can fill the queue for all. Kept in memory: a
/// restart forgives, and each node counts for itself.
/// </summary>
public sealed class FloodGate(IOptions<InboxOptions> options, TimeProvider time)
{
    private const int ManyPeople = 10_000;

    private static readonly TimeSpan BetweenNotices = TimeSpan.FromMinutes(1);

    private readonly Rate _rate = Rate.Chat(options.Value.PersonPerSecond, options.Value.PersonBurst);
    private readonly ConcurrentDictionary<(string Channel, string Sender), Person> _people = [];

    internal enum Verdict
    {
        Handle,

        /// <summary>Too much, and the person is told so.</summary>
        Notice,

        /// <summary>Too much, and the person knows.</summary>
        Park,
    }

    internal Verdict Judge(Activity activity)
    {
        // Coming and going is the channel's word, and says whether somebody can be reached.
        if (activity.Kind is ActivityKind.Left or ActivityKind.Joined) return Verdict.Handle;
        var now = time.GetUtcNow();
        if (_people.Count > ManyPeople) Forget(now);
        var person = _people.GetOrAdd((activity.Channel, activity.SenderId), _ => new Person());
        lock (person)
        {
            if (_rate.Available(person.ReadyAt, now) > 0)
            {
                person.ReadyAt = _rate.After(person.ReadyAt, now);
                return Verdict.Handle;
            }
            if (now - person.ToldAt < BetweenNotices) return Verdict.Park;
            person.ToldAt = now;
            return Verdict.Notice;
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, person) in _people)
        {
            if (person.ReadyAt < now && now - person.ToldAt > BetweenNotices) _people.TryRemove(key, out _);
        }
    }

    private sealed class Person
    {
        public DateTimeOffset ReadyAt { get; set; } = DateTimeOffset.UnixEpoch;

        public DateTimeOffset ToldAt { get; set; } = DateTimeOffset.UnixEpoch;
    }
}
