using CrossBorderNetwork.Events;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Channels.Compliance;

/// <summary>
/// What every channel must be able to do: the same dialogs, over the channel's real wire, lead to the same rows. A new channel is
/// finished when one subclass, which brings its rig and its person, passes. This part holds dialogs, the other one delivery.
/// </summary>
public abstract partial class ChannelCompliance
{
    private const string ToTheName =
        """
        > /start
        [Lietuvių]
        [Sutinku]
        [Taip, galite siūlyti]
        [Taip, siųskite]
        [Ne, ačiū]
        < Kuo Jūs vardu?
        """;

    private const string ToTheEnd =
        """
        > Ona Petraitė
        [Lietuva]
        > birstonas
        [Pedagogas]
        > Vyturėlis
        [Pridėti „Vyturėlis“]
        [lietuvių]
        [✓ lietuvių]
        [✓ lietuvių]
        [lenkų]
        [✓ lenkų]
        [Baigta (2)]
        > ugdymas lauke, logopedija
        [Baigta (2)]
        [Mainų vizitai]
        [Baigta (1)]
        [Praleisti]
        [Praleisti]
        [Taip, sutinku]
        > ona@example.org
        [Pirmadienį 8 val.]
        < Vietovė: Birštono savivaldybė, Lietuva
        [Viskas teisinga, išsaugoti]
        < Sveiki prisijungę prie tinklo!
        """;

    private protected abstract Task<ChannelRig> RigAsync();

    [Fact]
    public async Task The_whole_enrolment_gives_the_same_member_on_every_channel()
    {
        await using var network = await ChannelNetwork.StartAsync(await RigAsync());
        var ona = await network.PersonAsync("Ona");

        await ona.Does(ToTheName + "\n" + ToTheEnd);

        var (member, organisation, conversation, consents) = await network.ReadAsync(async db => (
            await db.Members.SingleAsync(), await db.Organisations.SingleAsync(), await db.Conversations.SingleAsync(), await db.Consents.OrderBy(consent => consent.Purpose).ToListAsync()));
        (member.Id, conversation.Channel, conversation.Address, conversation.Language, conversation.LanguageChosen)
            .ShouldBe((conversation.PersonId, network.Rig.Channel, ona.Address, "lt", true));
        (member.Name, member.Contact, member.Side, member.Municipality, member.Zone, member.Role, member.About, member.IsBridge)
            .ShouldBe(("Ona Petraitė", "ona@example.org", "LT", "LT06", "Europe/Vilnius", "teacher", null, true));
        (organisation.Id, organisation.Name, organisation.Municipality, organisation.Side).ShouldBe((member.OrganisationId!.Value, "Vyturėlis", "LT06", "LT"));
        member.Languages.ShouldBe(new Dictionary<string, string> { ["lt"] = "works", ["pl"] = "converses" }, ignoreOrder: true);
        member.Topics.ShouldBe(["outdoor", "speech"], ignoreOrder: true);
        (member.Offers.ShouldHaveSingleItem(), member.Seeks.Count).ShouldBe(("visit", 0));
        (member.MayBeFound, member.WantsDigest, member.WantsAnnouncements, member.DigestDay, member.DigestHour).ShouldBe((true, true, false, DayOfWeek.Monday, 8));
        consents.Select(consent => $"{consent.Purpose}:{consent.Given}:{consent.Language}:{consent.Channel}")
            .ShouldBe([$"digest:True:lt:{network.Rig.Channel}", $"found:True:lt:{network.Rig.Channel}", $"membership:True:lt:{network.Rig.Channel}"]);
    }

    [Fact]
    public async Task Whoever_comes_for_an_event_is_brought_back_to_it_after_joining()
    {
        await using var network = await ChannelNetwork.StartAsync(await RigAsync());
        var id = await network.EventAsync("Ruduo pelkėje");
        var ona = await network.PersonAsync("Ona");
        await ona.FollowsLink($"event-{id}");

        await ona.Does(ToTheName["> /start".Length..] + "\n" + ToTheEnd);

        await ona.Sees("Ruduo pelkėje");
        await ona.Presses("Dalyvausiu");
        (await network.ReadAsync(db => db.SignUps.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task A_changed_profile_is_saved()
    {
        await using var network = await ChannelNetwork.StartAsync(await RigAsync());
        var ona = await network.MemberAsync("Ona Petraitė");

        await ona.Does(
            """
            > /profile
            [Apie mane]
            > Turime miško klasę.
            < Išsaugota.
            < Apie mane: Turime miško klasę.
            """);

        (await MemberAsync(network)).About.ShouldBe("Turime miško klasę.");
    }

    [Fact]
    public async Task Ticks_survive_turning_the_pages_of_a_long_list()
    {
        await using var network = await ChannelNetwork.StartAsync(await RigAsync());
        var ona = await network.MemberAsync("Ona Petraitė");

        await ona.Does(
            """
            > /profile
            [Temas]
            [Logopedija]
            [Daugiau (1/4) ›]
            < Ugdymas lauke
            [Ugdymas lauke]
            [‹ Ankstesni]
            < ✓ Logopedija
            [Baigta (3)]
            """);

        (await MemberAsync(network)).Topics.ShouldBe(["music", "speech", "outdoor"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_place_is_found_as_it_is_typed()
    {
        await using var network = await ChannelNetwork.StartAsync(await RigAsync());
        var ona = await network.MemberAsync("Ona Petraitė");

        await ona.Does(
            """
            > /profile
            [Vietovę]
            [Lenkija]
            > Nera tokio
            < Tokios vietovės neradau.
            > august
            < Kurį variantą turite omenyje?
            [Augustavas (Augustów, valsčius)]
            < Vietovė: Augustavas (Augustów, valsčius), Lenkija
            """);

        (await MemberAsync(network)).Municipality.ShouldBe("2001022");
    }

    [Fact]
    public async Task Back_shows_the_earlier_question_with_its_answer()
    {
        await using var network = await ChannelNetwork.StartAsync(await RigAsync());
        var ona = await network.PersonAsync("Ona");
        await ona.Does(ToTheName);

        await ona.GoesBack();
        await ona.Sees("Pranešimai.");
        await ona.Sees("✓ Ne, ačiū");
        await ona.Types("atgal");
        await ona.Sees("Savaitės apžvalga.");
    }

    [Fact]
    public async Task Cancel_closes_what_is_open_and_saves_nothing()
    {
        await using var network = await ChannelNetwork.StartAsync(await RigAsync());
        var ona = await network.PersonAsync("Ona");
        await ona.Does(ToTheName);

        await ona.Types("/cancel");

        await ona.Sees("Atšaukta. Niekas neišsaugota.");
        (await OpenDialogsAsync(network, ona)).ShouldBeEmpty();
        (await network.ReadAsync(db => db.Members.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task A_conversation_goes_on_after_the_server_was_restarted()
    {
        await using var network = await ChannelNetwork.StartAsync(await RigAsync());
        var ona = await network.PersonAsync("Ona");
        await ona.Does("""
            > /start
            [Lietuvių]
            """);

        await network.RestartAsync();

        await ona.Does("""
            [Sutinku]
            < Matomumas.
            """);
    }

    [Theory]
    [InlineData("/help", "pokalbių robotas", "")]
    [InlineData("/privacy", "Jūsų duomenys", "[Uždaryti]")]
    [InlineData("/language", "Kalba · Język · Language", "[Lietuvių]")]
    public async Task An_interruption_returns_to_the_question(string command, string seen, string end)
    {
        await using var network = await ChannelNetwork.StartAsync(await RigAsync());
        var ona = await network.PersonAsync("Ona");
        await ona.Does(ToTheName);

        await ona.Does($"""
            > {command}
            < {seen}
            {end}
            < Kuo Jūs vardu?
            > Ona Petraitė
            < Kurioje sienos pusėje
            """);
    }

    [Fact]
    public async Task A_button_that_was_answered_gets_a_friendly_notice_and_the_open_question()
    {
        await using var network = await ChannelNetwork.StartAsync(await RigAsync());
        var ona = await network.PersonAsync("Ona");
        await ona.Does("""
            > /start
            [Lietuvių]
            """);
        var old = ona.Button("Sutinku");
        await ona.Does("""
            [Sutinku]
            [Taip, galite siūlyti]
            """);

        await ona.Presses(old);

        await ona.Sees("Į šį klausimą jau atsakėte.");
        await ona.Sees("Savaitės apžvalga.");
    }

    [Fact]
    public async Task A_button_of_somebody_else_does_nothing_for_them()
    {
        await using var network = await ChannelNetwork.StartAsync(await RigAsync());
        var ona = await network.PersonAsync("Ona");
        var jan = await network.PersonAsync("Jan");
        await ona.Does("""
            > /start
            [Lietuvių]
            [Sutinku]
            """);
        await jan.Does("""
            > /start
            [Polski]
            """);
        var before = await StateAsync(network, ona);

        await jan.Presses(ona.Button("Taip, galite siūlyti"));

        await jan.Sees("Czy możemy przechowywać te dane");
        (await StateAsync(network, ona)).ShouldBe(before);
    }

    [Fact]
    public async Task A_double_press_is_one_deed()
    {
        await using var network = await ChannelNetwork.StartAsync(await RigAsync());
        var ona = await network.MemberAsync("Ona Petraitė");
        var id = await network.EventAsync("Ruduo pelkėje");
        await ona.FollowsLink($"event-{id}");

        await ona.PressesTwice("Dalyvausiu");

        await ona.Sees("✓ Jūs dalyvaujate.");
        ona.News.Count(message => message.Text.Contains("Vieta Jums skirta", StringComparison.Ordinal)).ShouldBe(1);
        (await network.ReadAsync(db => db.SignUps.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task What_is_too_long_is_refused_in_words()
    {
        await using var network = await ChannelNetwork.StartAsync(await RigAsync());
        var ona = await network.MemberAsync("Ona Petraitė");
        await ona.Does("""
            > /profile
            [Apie mane]
            """);

        await ona.Types(new string('ą', network.Rig.TextLimit));

        await ona.Sees("Tekstas per ilgas");
        await ona.Sees("Parašykite sakinį apie save");
        (await MemberAsync(network)).About.ShouldBeNull();
    }

    [Fact]
    public async Task What_is_not_text_is_answered_and_the_question_stays()
    {
        await using var network = await ChannelNetwork.StartAsync(await RigAsync());
        var ona = await network.PersonAsync("Ona");
        await ona.Does(ToTheName);

        await ona.SendsSomethingThatIsNotText();

        await ona.Sees("Galiu perskaityti tik tekstą.");
        await ona.Sees("Kuo Jūs vardu?");
    }

    private static Task<Member> MemberAsync(ChannelNetwork network) => network.ReadAsync(db => db.Members.AsNoTracking().SingleAsync());

    private static Task<string?> StateAsync(ChannelNetwork network, ChannelPerson person) =>
        network.ReadAsync(db => db.Conversations.Where(c => c.Address == person.Address).Select(c => c.State).SingleAsync());

    private static async Task<IEnumerable<string>> OpenDialogsAsync(ChannelNetwork network, ChannelPerson person)
    {
        using var state = System.Text.Json.JsonDocument.Parse(await StateAsync(network, person) ?? "{}");
        return state.RootElement.TryGetProperty("Frames", out var frames) ? [.. frames.EnumerateArray().Select(frame => frame.GetProperty("Dialog").GetString()!)] : [];
    }
}
