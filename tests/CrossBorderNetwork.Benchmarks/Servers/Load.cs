using System.Collections.Concurrent;
using System.Diagnostics;
using CrossBorderNetwork.TestKit.BotApi;

namespace CrossBorderNetwork.Benchmarks.Servers;

/// <summary>People who write to a bot through the emulator, and how long each waits for the first call that comes back.</summary>
internal sealed class Load
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly List<EmulatedUser> _people;
    private readonly ConcurrentQueue<ApiRequest> _answers = [];

    public Load(BotApiEmulator telegram, int people)
    {
        _people = [.. Enumerable.Range(1, people).Select(n => telegram.User(7_000_000_000 + n, "Ona", "en", started: true))];
        telegram.Truth.Arrived = request =>
        {
            if (request.Method is "sendMessage" or "editMessageText") _answers.Enqueue(request);
        };
    }

    /// <summary>Everybody writes, and writes again as soon as an answer has come: as much as the bot can take.</summary>
    /// <returns>Answered texts a second.</returns>
    public async Task<double> SaturateAsync(TimeSpan duration)
    {
        var waiting = _people.ToDictionary(person => person.Id);
        var answered = 0;
        var start = Stopwatch.GetTimestamp();
        foreach (var person in _people) person.Says("to the limit");
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            foreach (var request in News())
            {
                answered++;
                waiting[request.ChatId!.Value].Says("to the limit");
            }
            await Task.Delay(Tick, TimeProvider.System);
        }
        var rate = answered / Stopwatch.GetElapsedTime(start).TotalSeconds;
        await QuietAsync();
        return rate;
    }

    /// <summary>One after the other writes, at this rate, whether answers have come or not.</summary>
    /// <returns>Milliseconds from each text to the first call that answers it.</returns>
    public async Task<List<double>> OfferAsync(double perSecond, TimeSpan duration)
    {
        var said = new Dictionary<long, DateTimeOffset>();
        var waits = new List<double>();
        var start = Stopwatch.GetTimestamp();
        for (var count = 0; Stopwatch.GetElapsedTime(start) < duration;)
        {
            for (; count < Stopwatch.GetElapsedTime(start).TotalSeconds * perSecond; count++)
            {
                var person = _people[count % _people.Count];
                if (said.ContainsKey(person.Id)) continue;
                said[person.Id] = TimeProvider.System.GetUtcNow();
                person.Says("at an easy pace");
            }
            Collect();
            await Task.Delay(Tick, TimeProvider.System);
        }
        for (var rest = 0; said.Count > 0 && rest < 2000; rest++)
        {
            Collect();
            await Task.Delay(Tick, TimeProvider.System);
        }
        await QuietAsync();
        return waits;

        void Collect()
        {
            foreach (var request in News())
            {
                if (said.Remove(request.ChatId!.Value, out var at)) waits.Add((request.At - at).TotalMilliseconds);
            }
        }
    }

    private async Task QuietAsync()
    {
        for (var quiet = 0; quiet < 200; quiet++)
        {
            if (News().Count > 0) quiet = 0;
            await Task.Delay(Tick, TimeProvider.System);
        }
    }

    private List<ApiRequest> News()
    {
        var news = new List<ApiRequest>();
        while (_answers.TryDequeue(out var answer)) news.Add(answer);
        return news;
    }
}
