using CrossBorderNetwork.Data;
using CrossBorderNetwork.Introductions;
using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.Tests.Introductions;
using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork.Tests.Cooperations;

/// <summary>Scenes that begin when Ona in Lithuania and Jan in Poland have both said yes.</summary>
internal static class Introduced
{
    private static int _people;

    public static async Task<(ScriptedMember Ona, ScriptedMember Jan)> IntroducedAsync(this TestNetwork network)
    {
        var ona = await network.OnaAsync();
        var jan = await network.JanAsync();
        await ona.AsksAsync();
        await jan.Presses("Tak, chcę się poznać");
        await network.RunJobAsync("follow-ups");
        return (ona, jan);
    }

    /// <summary>Moves the clock and asks whoever is to be asked.</summary>
    public static async Task FollowUpAfterAsync(this TestNetwork network, int days)
    {
        network.Clock.Advance(TimeSpan.FromDays(days));
        await network.RunJobAsync("follow-ups");
        await network.RunJobAsync("follow-ups");
    }

    /// <summary>Ona says that the two do something together.</summary>
    public static async Task BeginsAsync(this ScriptedMember ona, string partner, string what)
    {
        await ona.Types("/cooperations");
        await ona.Presses("+ Nauja veikla");
        await ona.Presses(partner);
        await ona.Presses(what);
    }

    /// <summary>Two more members who are introduced to each other.</summary>
    public static async Task<(ScriptedMember Asker, ScriptedMember Asked)> IntroduceAsync(
        this TestNetwork network, bool isAccepted = true, string askerRole = "teacher", string askedRole = "teacher", string? municipality = null)
    {
        var number = Interlocked.Increment(ref _people);
        var asker = await network.MemberAsync($"Klausėja {number}", role: askerRole, municipality: municipality);
        var asked = await network.MemberAsync($"Zapytana {number}", "PL", role: askedRole);
        var (askerId, askedId) = (await asker.PersonIdAsync(), await asked.PersonIdAsync());
        await using var work = await network.Services.GetRequiredService<Database>().BeginAsync(CancellationToken.None);
        work.Db.Introductions.Add(new Introduction
        {
            AskerId = askerId, AskedId = askedId, Pair = Introduction.PairOf(askerId, askedId), LineLanguage = "lt", SharedLanguage = "pl", AskedAt = network.Clock.GetUtcNow(),
            State = isAccepted ? IntroductionState.Accepted : IntroductionState.Lapsed, AnsweredAt = isAccepted ? network.Clock.GetUtcNow() : null,
        });
        await work.CommitAsync(CancellationToken.None);
        return (asker, asked);
    }

    public static int Count(this ScriptedMember member, string fragment) => member.Phone.Messages.Count(message => message.Text.Contains(fragment, StringComparison.Ordinal));
}
