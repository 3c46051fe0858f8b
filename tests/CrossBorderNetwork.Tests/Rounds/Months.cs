using CrossBorderNetwork.Calendars;
using CrossBorderNetwork.Introductions;
using CrossBorderNetwork.Rounds;
using CrossBorderNetwork.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Rounds;

/// <summary>A network in which months pass: the jobs of the rounds run as the clock would run them.</summary>
internal static class Months
{
    private static readonly string[] Jobs = ["rounds", "introductions", "rematch"];

    public static async Task<ScriptedMember> CoordinatorAsync(this TestNetwork network, string language = "en")
    {
        var rasa = await network.MemberAsync("Rasa Koordinatorė", language: language, mayBeFound: false);
        await network.AppointAsync(rasa, "LT");
        return rasa;
    }

    /// <summary>Makes this month's pairs; they wait for a look.</summary>
    public static Task MatchAsync(this TestNetwork network) => network.RunJobAsync("rounds");

    /// <summary>The coordinator approves what waits, and it goes out.</summary>
    public static async Task SendsAsync(this TestNetwork network, ScriptedMember rasa)
    {
        await rasa.Types("/round");
        await rasa.Presses("Send");
        await rasa.Presses("Yes");
        await network.RunJobAsync("rounds");
    }

    /// <summary>Moves the clock and lets every job do what is due.</summary>
    public static async Task LiveAsync(this TestNetwork network, TimeSpan time)
    {
        network.Clock.Advance(time);
        foreach (var job in Jobs) await network.RunJobAsync(job);
    }

    /// <summary>Closes the round that was sent, and goes on to the morning on which the next one begins.</summary>
    public static async Task NextMonthAsync(this TestNetwork network)
    {
        await network.LiveAsync(Round.OpenAfterSending);
        var now = network.Clock.GetUtcNow();
        var first = WorkingDays.OnBothSidesFrom(new DateOnly(now.Year, now.Month, 1).AddMonths(1)).First();
        network.Clock.Advance(new DateTimeOffset(first, new TimeOnly(7, 0), TimeSpan.Zero) - now);
    }

    public static async Task<List<Introduction>> IntroductionsAsync(this TestNetwork network)
    {
        await using var db = network.Read();
        return await db.Introductions.AsNoTracking().OrderBy(introduction => introduction.Id).ToListAsync();
    }

    public static async Task<RoundSeat> SeatAsync(this TestNetwork network, ScriptedMember member)
    {
        var id = await member.PersonIdAsync();
        await using var db = network.Read();
        return await db.RoundSeats.Where(seat => seat.MemberId == id).OrderByDescending(seat => seat.RoundId).FirstAsync();
    }

    public static int Count(this ScriptedMember member, string fragment) =>
        member.Phone.Messages.Count(message => message.Text.Contains(fragment, StringComparison.Ordinal));
}
