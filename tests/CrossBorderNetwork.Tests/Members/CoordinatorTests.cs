using CrossBorderNetwork.Members;
using CrossBorderNetwork.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Members;

public sealed class CoordinatorTests
{
    [Fact]
    public async Task A_coordinator_appoints_a_member_who_is_told_and_can_act_at_once()
    {
        await using var network = await TestNetwork.StartAsync();
        var rasa = await CoordinatorAsync(network, "Rasa");
        var jan = await network.MemberAsync("Jan Żółć", side: "PL", language: "en");

        await rasa.Types("/coordinators");
        await rasa.Presses("Appoint a member");
        await rasa.Types("zolc");
        await rasa.Presses("Jan Żółć");
        rasa.Sees("Which side will this person coordinate: Jan Żółć?");
        await rasa.Presses("Poland");

        rasa.Sees("Appointed: Jan Żółć.");
        rasa.Sees("Jan Żółć (Poland)");
        jan.Sees("You now coordinate the network. Side: Poland.");
        await jan.Types("/coordinators");
        jan.Sees("Appointed coordinators");
        (await AuditAsync(network)).ShouldBe([("coordinator.appoint", await rasa.PersonIdAsync())]);
    }

    [Fact]
    public async Task A_withdrawn_coordinator_is_denied_at_the_next_press()
    {
        await using var network = await TestNetwork.StartAsync();
        var rasa = await CoordinatorAsync(network, "Rasa");
        var ewa = await CoordinatorAsync(network, "Ewa");
        var jan = await network.MemberAsync("Jan", language: "en");
        await ewa.Types("/coordinators");
        await ewa.Presses("Appoint a member");
        await ewa.Types("Jan");
        await ewa.Presses("Jan");

        await rasa.Types("/coordinators");
        await rasa.Presses("Withdraw an appointment");
        await rasa.Presses("Ewa");
        rasa.Sees("The appointment is withdrawn.");
        await ewa.Presses("Lithuania");

        ewa.Sees("This is for coordinators of the network only.");
        jan.HasNeverSeen("You now coordinate");
        (await AuditAsync(network)).ShouldContain(("denied:coordinator.appoint", await ewa.PersonIdAsync()));
        network.Log.Lines.ShouldContain(line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("denied:coordinator.appoint", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_last_coordinator_cannot_be_withdrawn()
    {
        await using var network = await TestNetwork.StartAsync();
        var rasa = await CoordinatorAsync(network, "Rasa");

        await rasa.Types("/coordinators");
        await rasa.Presses("Withdraw an appointment");
        await rasa.Presses("Rasa");

        rasa.Sees("This is the last coordinator.");
        await using var db = network.Read();
        (await db.Coordinators.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_member_without_the_right_is_denied_and_the_attempt_is_noted()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona", language: "en");

        await ona.Types("/coordinators");

        ona.Sees("This is for coordinators of the network only.");
        (await AuditAsync(network)).ShouldBe([("denied:coordinators", await ona.PersonIdAsync())]);
    }

    [Fact]
    public async Task Who_coordinates_already_is_not_appointed_twice()
    {
        await using var network = await TestNetwork.StartAsync();
        var rasa = await CoordinatorAsync(network, "Rasa");

        await rasa.Types("/coordinators");
        await rasa.Presses("Appoint a member");
        await rasa.Types("Nobody");
        rasa.Sees("There is no member by that name.");
        await rasa.Types("Rasa");
        await rasa.Presses("Rasa (");
        await rasa.Presses("Lithuania");

        rasa.Sees("This person coordinates already.");
    }

    [Fact]
    public async Task The_menu_shows_a_coordinator_more_than_a_member()
    {
        await using var network = await TestNetwork.StartAsync();
        var rasa = await CoordinatorAsync(network, "Rasa");
        var ona = await network.MemberAsync("Ona", language: "en");

        await rasa.Types("/menu");
        await ona.Types("/menu");

        rasa.Sees("New event");
        ona.Sees("Find partners");
        ona.DoesNotSee("New event");
    }

    private static async Task<ScriptedMember> CoordinatorAsync(TestNetwork network, string name)
    {
        var person = await network.MemberAsync(name, language: "en");
        await network.AppointAsync(person, "LT");
        return person;
    }

    private static async Task<IReadOnlyList<(string Act, long By)>> AuditAsync(TestNetwork network)
    {
        await using var db = network.Read();
        return [.. (await db.Audit.OrderBy(entry => entry.Id).ToListAsync()).Select(entry => (entry.Act, entry.PersonId))];
    }
}
