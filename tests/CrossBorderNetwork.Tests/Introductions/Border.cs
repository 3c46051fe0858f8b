using CrossBorderNetwork.Introductions;
using CrossBorderNetwork.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Introductions;

/// <summary>The people of these tests: Ona in Lithuania and Jan in Poland, who suit each other and share Polish.</summary>
internal static class Border
{
    public const string OnasContact = "ona@darzelis.example";
    public const string JansContact = "jan@przedszkole.example";

    public static Task<ScriptedMember> OnaAsync(this TestNetwork network) => network.MemberAsync(
        "Ona Petraitė", contact: OnasContact, organisation: "Vyturėlis", role: "head", languages: new Dictionary<string, string> { ["lt"] = "works", ["pl"] = "converses" },
        topics: ["outdoor", "music"], seeks: ["visit"]);

    public static Task<ScriptedMember> JanAsync(this TestNetwork network) => network.MemberAsync(
        "Jan Kowalski", "PL", contact: JansContact, languages: new Dictionary<string, string> { ["pl"] = "works" }, topics: ["music", "outdoor"], offers: ["visit"]);

    /// <summary>Asks for the partner whose card is shown first.</summary>
    public static async Task AsksAsync(this ScriptedMember ona, string? line = null)
    {
        await ona.Types("/partners");
        await ona.Presses("Noriu susipažinti");
        if (line is null) await ona.Presses("Praleisti");
        else await ona.Types(line);
        await ona.Presses("Taip, klauskite");
    }

    public static async Task<Introduction> IntroductionAsync(this TestNetwork network)
    {
        await using var db = network.Read();
        return await db.Introductions.SingleAsync();
    }

    /// <summary>Moves the clock and lets the job do what is due.</summary>
    public static async Task PassAsync(this TestNetwork network, TimeSpan time)
    {
        network.Clock.Advance(time);
        await network.RunJobAsync("introductions");
    }
}
