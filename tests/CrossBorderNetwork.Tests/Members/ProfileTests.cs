using CrossBorderNetwork.Members;
using CrossBorderNetwork.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Members;

public class ProfileTests
{
    [Fact]
    public async Task The_card_shows_everything_that_is_stored()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė", language: "en", organisation: "Vyturėlis", offers: ["visit"], about: "We have a forest group.");

        await ona.Types("/profile");

        foreach (var line in new[]
        {
            "Ona Petraitė", "Place: Alytus City Municipality, Lithuania", "Role: Teacher", "Organisation: Vyturėlis", "Languages: Lithuanian (I work in it)", "Topics: outdoor learning",
            "Offers: exchange visits", "Looks for: –", "About: We have a forest group.", "Contact, only after both say yes: ona.petraite@example.org", "Weekly digest: on Mondays at 8:00",
        }) ona.Sees(line);
    }

    [Theory]
    [InlineData("Name", "Ona Onaitė", "Ona Onaitė")]
    [InlineData("About me", "A new line", "About: A new line")]
    [InlineData("Contact", "ona@new.example", "Contact, only after both say yes: ona@new.example")]
    [InlineData("Role", "Head of preschool", "Role: Head of preschool")]
    public async Task A_field_that_is_typed_is_saved_at_once_and_shown(string field, string typed, string seen)
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė", language: "en");
        await ona.Types("/profile");

        await ona.Presses(field);
        await ona.Types(typed);

        ona.Sees("Saved.");
        ona.Sees(seen);
    }

    [Fact]
    public async Task Moving_across_the_border_moves_the_zone_and_the_digest_too()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė", language: "en");
        await ona.Types("/profile");

        await ona.Presses("Place");
        await ona.Presses("Poland");
        await ona.Types("Punsk");

        ona.Sees("Place: Puńsk, Poland");
        var member = await MemberAsync(network);
        (member.Side, member.Zone).ShouldBe(("PL", "Europe/Warsaw"));
        member.NextDigestAt.ShouldBe(DigestClock.Next(DayOfWeek.Monday, 8, "Europe/Warsaw", network.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task An_organisation_is_found_added_or_left()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė", language: "en", organisation: "Vyturėlis");
        await ona.Types("/profile");

        await ona.Presses("Organisation");
        await ona.Presses("Find or add it");
        await ona.Types("Saulutė");
        await ona.Presses("Add “Saulutė”");
        ona.Sees("Organisation: Saulutė");
        await ona.Presses("Organisation");
        await ona.Presses("Find or add it");
        await ona.Types("vyturel");
        await ona.Presses("Vyturėlis");
        ona.Sees("Organisation: Vyturėlis");
        await ona.Presses("Organisation");
        await ona.Presses("To none");
        ona.Sees("Organisation: –");
        (await MemberAsync(network)).OrganisationId.ShouldBeNull();
    }

    [Fact]
    public async Task Topics_offers_and_seeks_are_ticked_and_unticked()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė", language: "en", topics: ["outdoor"], offers: ["visit"]);
        await ona.Types("/profile");

        await ona.Presses("Topics");
        await ona.Types("speech therapy");
        await ona.Presses("Done");
        await ona.Presses("What I offer");
        await ona.Presses("✓ Exchange visits");
        await ona.Presses("Done (0)");
        await ona.Presses("What I look for");
        await ona.Presses("Joint projects");
        await ona.Presses("Done");

        var member = await MemberAsync(network);
        member.Topics.ShouldBe(["outdoor", "speech"]);
        member.Offers.ShouldBeEmpty();
        member.Seeks.ShouldBe(["project"]);
    }

    [Fact]
    public async Task Only_who_speaks_both_languages_can_interpret_and_only_as_long()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė", language: "en");
        await ona.Types("/profile");

        await ona.Presses("Interpreting");
        ona.Sees("a person needs to converse in both Lithuanian and Polish");
        await ona.Presses("Languages");
        await ona.Types("Polish 2");
        await ona.Presses("Done (2)");
        await ona.Presses("Interpreting");
        await ona.Presses("Yes");
        (await MemberAsync(network)).IsBridge.ShouldBeTrue();
        await ona.Presses("Languages");
        await ona.Presses("✓ Polish");
        await ona.Presses("✓ Polish");
        await ona.Presses("Done (1)");

        ona.Sees("Interprets as a volunteer: no");
        (await MemberAsync(network)).IsBridge.ShouldBeFalse();
    }

    [Fact]
    public async Task The_digest_comes_at_the_hour_that_was_chosen()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė", language: "en");
        await ona.Types("/profile");

        await ona.Presses("Time of the digest");
        await ona.Presses("Thursday");
        await ona.Presses("17");

        ona.Sees("Weekly digest: on Thursdays at 17:00");
        (await MemberAsync(network)).NextDigestAt.ShouldBe(DigestClock.Next(DayOfWeek.Thursday, 17, "Europe/Vilnius", network.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task Going_back_changes_nothing()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė", language: "en", about: "As it was");
        await ona.Types("/profile");

        await ona.Presses("About me");
        await ona.Presses("‹ Back");

        ona.Sees("About: As it was");
        ona.DoesNotSee("Saved.");
    }

    [Fact]
    public async Task A_stranger_who_asks_for_the_profile_is_led_to_the_enrolment()
    {
        await using var network = await TestNetwork.StartAsync();
        var person = network.Person("Ona");

        await person.Types("/profile");

        person.Sees("Which language shall we speak?");
    }

    private static async Task<Member> MemberAsync(TestNetwork network)
    {
        await using var db = network.Read();
        return await db.Members.SingleAsync();
    }
}
