using System.Security.Cryptography;
using System.Text;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.Tests.Calls;
using CrossBorderNetwork.Tests.Events;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Members;

public class EnrolmentTests
{
    [Theory]
    [InlineData("lt", "Ona Petraitė", "LT06", "Europe/Vilnius")]
    [InlineData("pl", "Zofia Żółć", "2009042", "Europe/Warsaw")]
    [InlineData("en", "Ann O'Neill", "LT06", "Europe/Vilnius")]
    public async Task A_teacher_joins_in_each_language(string language, string name, string municipality, string zone)
    {
        await using var network = await TestNetwork.StartAsync();
        var person = network.Person("Somebody", "de");
        var enrolling = new Enrolling(network, person, language);

        await enrolling.ToReviewAsync(name);
        await using (var before = network.Read()) (await before.Members.AnyAsync()).ShouldBeFalse();
        await enrolling.Option("review", "save");

        person.Sees(enrolling.Label("welcome").Split('\n')[0]);
        await using var db = network.Read();
        var member = await db.Members.SingleAsync();
        member.Id.ShouldBe(await person.PersonIdAsync());
        member.Name.ShouldBe(name);
        member.Municipality.ShouldBe(municipality);
        member.Zone.ShouldBe(zone);
        member.Role.ShouldBe("teacher");
        member.Languages.ShouldBe(new Dictionary<string, string> { ["lt"] = "converses", ["pl"] = "converses" }, ignoreOrder: true);
        member.Topics.ShouldBe(["outdoor", "speech"], ignoreOrder: true);
        member.Offers.ShouldBe(["visit"]);
        member.Seeks.ShouldBe(["project"]);
        member.About.ShouldBeNull();
        member.IsBridge.ShouldBeTrue();
        member.Contact.ShouldBe("someone@example.org");
        member.NextDigestAt.ShouldBe(DigestClock.Next(DayOfWeek.Monday, 8, zone, network.Clock.GetUtcNow()));
        (await db.Organisations.SingleAsync(o => o.Id == member.OrganisationId)).Name.ShouldBe("Saulutė");
        (await db.Conversations.SingleAsync()).Language.ShouldBe(language);
    }

    [Fact]
    public async Task Each_purpose_agreed_to_is_a_line_in_the_ledger_with_the_hash_of_what_was_shown()
    {
        await using var network = await TestNetwork.StartAsync();
        var person = network.Person("Ona");
        var enrolling = new Enrolling(network, person, "lt");

        await enrolling.ToReviewAsync("Ona Petraitė");
        await enrolling.Option("review", "save");

        await using var db = network.Read();
        var lines = await db.Consents.ToListAsync();
        lines.Select(line => line.Purpose).ShouldBe(["membership", "found", "digest", "announcements"], ignoreOrder: true);
        lines.ShouldAllBe(line => line.Given && line.Language == "lt" && line.Channel == "test");
        foreach (var line in lines)
            line.TextHash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(enrolling.Label($"consent-{line.Purpose}.ask")))));
    }

    [Fact]
    public async Task Whoever_agrees_to_membership_alone_is_not_found_and_gets_nothing_unasked()
    {
        await using var network = await TestNetwork.StartAsync();
        var person = network.Person("Ona");
        var enrolling = new Enrolling(network, person, "en");
        await enrolling.ToNameAsync(agreesToAll: false);
        await enrolling.NameToRoleAsync("Ona Petraitė", "LT", "Birstonas");
        await enrolling.Choose("roles", "parent");
        await enrolling.SpeaksAsync("lt");
        await enrolling.TopicsAsync("music");
        await person.Types("+370 600 10020");
        person.DoesNotSee("When should the weekly digest come?");

        await enrolling.Option("review", "save");

        await using var db = network.Read();
        var member = await db.Members.SingleAsync();
        (member.MayBeFound, member.WantsDigest, member.WantsAnnouncements, member.NextDigestAt, member.OrganisationId).ShouldBe((false, false, false, null, null));
        (await db.Consents.SingleAsync()).Purpose.ShouldBe("membership");
    }

    [Fact]
    public async Task An_unfinished_enrolment_goes_on_where_it_was_left_even_after_a_restart()
    {
        await using var network = await TestNetwork.StartAsync();
        var person = network.Person("Ona");
        var enrolling = new Enrolling(network, person, "lt");
        await enrolling.ToNameAsync();
        await enrolling.NameToRoleAsync("Ona Petraitė", "LT", "Birštonas");

        await network.RestartAsync();
        await network.AdvanceAsync(TimeSpan.FromDays(20));
        await person.Types("/start");

        person.Sees("Tęskime nuo ten, kur sustojote.");
        person.Sees("Koks Jūsų vaidmuo");
        await enrolling.Choose("roles", "researcher");
        person.Sees("Kur dirbate?");
    }

    [Fact]
    public async Task Going_back_shows_what_was_answered_before()
    {
        await using var network = await TestNetwork.StartAsync();
        var person = network.Person("Ona Channel");
        var enrolling = new Enrolling(network, person, "lt");
        await enrolling.ToNameAsync();
        await enrolling.NameToRoleAsync("Ona Petraitė", "LT", "Birštonas");

        await enrolling.Back();
        person.Sees("✓ Birštono savivaldybė");
        await enrolling.Back();
        person.Sees("✓ Lietuva");
        await enrolling.Choose("sides", "PL");
        person.DoesNotSee("Birštono savivaldybė");
        await enrolling.Back();
        await enrolling.Back();
        person.Sees("✓ Ona Petraitė");
    }

    [Fact]
    public async Task Anything_can_be_changed_before_it_is_saved()
    {
        await using var network = await TestNetwork.StartAsync();
        var person = network.Person("Ona");
        var enrolling = new Enrolling(network, person, "en");
        await enrolling.ToReviewAsync("Ona Petraitė");

        await enrolling.Option("review", "change");
        await enrolling.Option("which", "place");
        await enrolling.Choose("sides", "PL");
        await person.Types("Punsk");
        person.Sees("Place: Puńsk, Poland");
        await enrolling.Option("review", "change");
        await enrolling.Option("which", "languages");
        await enrolling.Choose("languages", "pl");
        await enrolling.Choose("languages", "pl");
        await enrolling.Done();
        person.Sees("Interprets as a volunteer: no");
        await enrolling.Option("review", "change");
        await enrolling.Option("which", "digest");
        await enrolling.Option("consent-digest", "yes");
        await enrolling.Option("digest-time", "other");
        await enrolling.Choose("weekdays", "fri");
        await person.Types("16");
        person.Sees("Weekly digest: on Fridays at 16:00");
        await enrolling.Option("review", "save");

        await using var db = network.Read();
        var member = await db.Members.SingleAsync();
        (member.Side, member.IsBridge, member.DigestDay, member.DigestHour).ShouldBe(("PL", false, DayOfWeek.Friday, 16));
        member.Languages.Keys.ShouldBe(["lt"]);
    }

    [Fact]
    public async Task Name_and_contact_of_the_channel_are_proposed_and_stored_only_when_taken()
    {
        await using var network = await TestNetwork.StartAsync();
        var person = network.Person("Ona Petraitė", handle: "ona_petraite");
        var enrolling = new Enrolling(network, person, "en");
        await enrolling.ToNameAsync();

        await person.Presses("✓ Ona Petraitė");
        await enrolling.Choose("sides", "LT");
        await person.Types("Birštonas");
        await enrolling.Choose("roles", "parent");
        await enrolling.SpeaksAsync("lt");
        await enrolling.TopicsAsync("music");
        await person.Presses("✓ @ona_petraite");
        await enrolling.Option("digest-time", "monday");
        await enrolling.Option("review", "save");

        await using var db = network.Read();
        var member = await db.Members.SingleAsync();
        (member.Name, member.Contact).ShouldBe(("Ona Petraitė", "@ona_petraite"));
    }

    [Theory]
    [InlineData("💥")]
    [InlineData("a\u202Eb")]
    [InlineData("https://evil.example")]
    public async Task A_strange_name_on_the_channel_is_not_proposed(string name)
    {
        await using var network = await TestNetwork.StartAsync();
        var person = network.Person(name);

        await new Enrolling(network, person, "en").ToNameAsync();

        person.Buttons.ShouldNotContain(label => label.StartsWith('✓'));
    }

    [Fact]
    public async Task Hostile_input_stays_text_and_leads_nowhere()
    {
        await using var network = await TestNetwork.StartAsync();
        var person = network.Person("Ona");
        var enrolling = new Enrolling(network, person, "en");
        await enrolling.ToNameAsync();

        await person.Types(new string('x', 4096));
        person.Sees("That is too long");
        await person.Types("\u200B \u202E");
        person.Sees("Please write your first name and surname.");
        await person.Sends(ActivityKind.Unreadable);
        person.Sees("I can only read text.");
        await person.PressesToken("1.1.=agree");
        await person.PressesToken(">enrol/save/1");
        person.Sees("That button does not work any more.");
        await person.Types("<b>{name}</b> **Ona** '; DROP TABLE member; --");
        await enrolling.Choose("sides", "LT");
        await person.Types("Atlantis");
        person.Sees("I did not find that place.");
        await person.Types("Birštonas");
        await enrolling.Choose("roles", "parent");
        await person.Types("Klingon");
        person.Sees("Please press at least one language");
        await enrolling.SpeaksAsync("lt");
        await enrolling.Done();
        person.Sees("Please choose at least one topic");
        await enrolling.TopicsAsync("music");
        await person.Types("call me");
        person.Sees("Please write an e-mail address");
        await person.Types("ona@example.org");
        await enrolling.Option("digest-time", "monday");
        person.Sees("Name: <b>{name}</b> **Ona** '; DROP TABLE member; --");
        await enrolling.Option("review", "save");

        await using var db = network.Read();
        (await db.Members.SingleAsync()).Name.ShouldBe("<b>{name}</b> **Ona** '; DROP TABLE member; --");
    }

    [Fact]
    public async Task A_member_who_enrols_again_or_follows_an_invitation_sees_the_own_card()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė", language: "en");

        await ona.Types("/enrol");
        ona.Sees("Contact, only after both say yes: ona.petraite@example.org");
        await ona.Types("/start invite-SPRING");
        ona.Sees("What would you like to change?");
    }

    [Fact]
    public async Task A_kindergarten_is_found_as_it_is_typed_and_not_entered_twice()
    {
        await using var network = await TestNetwork.StartAsync();
        await network.MemberAsync("Rasa", organisation: "Lopšelis-darželis „Žilvitis“", municipality: "LT01");
        var person = network.Person("Ona");
        var enrolling = new Enrolling(network, person, "en");
        await enrolling.ToNameAsync(agreesToAll: false);
        await enrolling.NameToRoleAsync("Ona Petraitė", "LT", "Alytaus m");
        await enrolling.Choose("roles", "head");

        await person.Types("zilvitsi");
        person.Sees("Which one do you mean?");
        await person.Types("LOPSELIS-DARZELIS zilvitis");
        await person.Presses("Add “LOPSELIS");
        await enrolling.SpeaksAsync("lt");
        await enrolling.TopicsAsync("music");
        await enrolling.Skip();
        await enrolling.Skip();
        await enrolling.Skip();
        await person.Types("ona@example.org");
        await enrolling.Option("review", "save");

        await using var db = network.Read();
        (await db.Organisations.CountAsync()).ShouldBe(1);
        (await db.Members.Select(m => m.OrganisationId).Distinct().CountAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData("event")]
    [InlineData("call")]
    public async Task Whoever_comes_by_a_link_is_shown_what_it_is_about_after_joining(string link)
    {
        await using var network = await TestNetwork.StartAsync();
        var id = link == "event"
            ? await network.AddEventAsync(title: "Ruduo pelkėje")
            : await network.AddCallAsync(await network.MemberAsync("Jan Kowalski", "PL"), title: "Ruduo pelkėje");
        var ona = network.Person("Ona");
        var enrolling = new Enrolling(network, ona, "lt");
        await ona.Types($"/start {link}-{id}");

        // It begins with another /start, as somebody does who is not sure; the wish outlives it.
        await enrolling.ToReviewAsync("Ona Petraitė");
        await enrolling.Option("review", "save");

        ona.Sees("Sveiki prisijungę prie tinklo!");
        ona.Sees("Ruduo pelkėje");
        ona.DoesNotSee("Ką norėtumėte daryti?");
    }

    [Fact]
    public async Task Whoever_comes_by_a_link_and_does_not_agree_is_left_in_peace()
    {
        await using var network = await TestNetwork.StartAsync();
        var id = await network.AddEventAsync();
        var ona = network.Person("Ona");
        var enrolling = new Enrolling(network, ona, "lt");
        await ona.Types($"/start event-{id}");
        await enrolling.Option("language", "lt");

        await enrolling.Option("consent-membership", "decline");

        ona.Sees("Tuomet niekas neišsaugota.");
        ona.Buttons.ShouldBeEmpty();
    }
}
