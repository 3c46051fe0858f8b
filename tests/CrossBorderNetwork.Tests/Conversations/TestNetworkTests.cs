using CrossBorderNetwork.TestKit;

using CrossBorderNetwork.Members;

namespace CrossBorderNetwork.Tests.Conversations;

public sealed class TestNetworkTests
{
    [Fact]
    public async Task A_scripted_person_goes_through_a_dialog()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona", language: "lt");

        await ona.Types("/start");
        ona.Sees("Sveiki!");
        await ona.Types("Ona");
        await ona.Presses("Lietuva");
        ona.Sees("Kokios temos");
        await ona.Presses("Logopedija");
        await ona.Presses("Baigta");
        ona.Sees("Ona, Lietuva");
        await ona.Presses("Taip");
        ona.Sees("Viso gero, Ona.");
        ona.Buttons.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_person_was_asked_survives_a_restart_and_a_kill()
    {
        await using var network = await TestDialogs.StartAsync();
        var jan = network.Person("Jan", language: "pl");
        await jan.Types("/start");

        await network.RestartAsync();
        await jan.Types("Jan");
        jan.Sees("po której");

        await network.KillAsync();
        await network.RestartAsync();
        await jan.Presses("Polska");
        jan.Sees("Jakie tematy");
    }

    [Fact]
    public async Task A_member_is_ready_to_act()
    {
        await using var network = await TestDialogs.StartAsync();
        var jan = await network.MemberAsync("Jan Kowalski", side: "PL");

        await jan.Types("/start");

        jan.Sees("Dzień dobry");
        await using var db = network.Read();
        (await db.Members.FindAsync([await jan.PersonIdAsync()], TestContext.Current.CancellationToken))!.Zone.ShouldBe("Europe/Warsaw");
    }

    [Fact]
    public async Task A_failed_expectation_shows_the_conversation()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona", language: "lt");
        await ona.Types("/start");

        Should.Throw<ExpectationException>(() => ona.Sees("Labas")).Message.ShouldContain("> /start\n< Sveiki!");
        (await Should.ThrowAsync<ExpectationException>(() => ona.Presses("Nėra"))).Message.ShouldContain("finds no button “Nėra”");
    }

    [Fact]
    public async Task A_message_that_waits_for_the_clock_does_not_hold_up_a_test()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        network.Channel.FailNext(new Messaging.SendResult.TryLater(TimeSpan.FromSeconds(5), "busy"));
        await ona.Types("/start");
        ona.DoesNotSee("Hello");

        await network.AdvanceAsync(TimeSpan.FromSeconds(6));

        ona.Sees("Hello");
    }
}
