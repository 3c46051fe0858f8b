using CrossBorderNetwork.Introductions;
using CrossBorderNetwork.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Channels.Compliance;

public abstract partial class ChannelCompliance
{
    [Fact]
    public async Task An_update_that_is_delivered_twice_is_handled_once()
    {
        await using var network = await ChannelNetwork.StartAsync(await RigAsync());
        var ona = await network.PersonAsync("Ona");
        await ona.Does(ToTheName);
        await ona.Types("Ona Petraitė");
        var before = await StateAsync(network, ona);

        await ona.LastMessageArrivesAgain();

        ona.News.ShouldBeEmpty();
        (await StateAsync(network, ona)).ShouldBe(before);
    }

    [Fact]
    public async Task Formatting_arrives_as_formatting_and_what_people_write_as_they_wrote_it()
    {
        const string name = "<b>Ona</b> *x* _y_ [z](https://example.org) & Co";
        await using var network = await ChannelNetwork.StartAsync(await RigAsync());
        var ona = await network.MemberAsync("Ona Petraitė");

        await ona.Does($"""
            > /profile
            [Vardą]
            > {name}
            """);

        var card = await ona.Sees("Kalbos:");
        card.Text.ShouldContain(name);
        card.Bold.ShouldContain(name);
    }

    [Fact]
    public async Task A_message_that_nobody_asked_for_arrives_and_its_buttons_work()
    {
        await using var network = await ChannelNetwork.StartAsync(await RigAsync());
        var ona = await network.MemberAsync("Ona Petraitė");
        var jan = await network.MemberAsync("Jan Kowalski", "PL");
        var ewa = await network.MemberAsync("Ewa Nowak", "PL");
        await ona.Types("/partners");
        while (!ona.Screen[^1].Text.Contains("Jan Kowalski", StringComparison.Ordinal)) await ona.Presses("Kitas pasiūlymas");

        await ona.Does("""
            [Noriu susipažinti]
            [Praleisti]
            [Taip, klauskite]
            """);
        var asked = await jan.Sees("Ona Petraitė");
        asked.Text.ShouldNotContain("@example.org");
        var accept = jan.Button("Tak, chcę się poznać");

        // The token grants nothing: whoever is not the one who was asked is turned away.
        await ewa.Presses(accept);
        (await network.ReadAsync(db => db.Set<Introduction>().SingleAsync())).State.ShouldBe(IntroductionState.Asked);

        await jan.Presses(accept);
        await jan.Sees("ona.petraite@example.org");
        await ona.Sees("jan.kowalski@example.org");
    }

    [Fact]
    public async Task A_message_that_replaces_another_shows_the_newest()
    {
        await using var network = await ChannelNetwork.StartAsync(await RigAsync());
        var ona = await network.MemberAsync("Ona Petraitė");
        await ona.Does("""
            > /profile
            [Temas]
            """);
        var before = ona.Screen.Count;

        await ona.Presses("Logopedija");

        ona.Screen.Count.ShouldBe(network.Rig.CanEdit ? before : before + 1);
        if (!network.Rig.CanEdit) ona.Screen[^1].Text.ShouldBe("Pasirinkta: Muzika, Logopedija");
        ona.Screen[^1].Buttons.Select(button => button.Label).ShouldContain("✓ Logopedija");
        ona.Button("Logopedija").MessageId.ShouldBe(ona.Screen[^1].Id);
    }

    [Fact]
    public async Task Buttons_keep_their_rows_or_at_least_their_order()
    {
        await using var network = await ChannelNetwork.StartAsync(await RigAsync());
        var ona = await network.MemberAsync("Ona Petraitė");

        await ona.Types("/menu");

        string[][] rows = [["Ieškoti partnerių", "Pažintys"], ["Ką veikiate kartu", "Renginiai"], ["Kvietimai", "Mėnesio pažintys"], ["Mano duomenys", "Pagalba"]];
        var menu = await ona.Sees("Ką norėtumėte daryti?");
        menu.Rows.Select(row => row.Select(button => button.Label).ToArray()).ToArray().ShouldBe(network.Rig.HasRows ? rows : [[.. rows.SelectMany(row => row)]]);
    }

    [Fact]
    public async Task A_long_text_arrives_whole_in_pieces_with_the_buttons_under_the_last()
    {
        const int people = 300;
        await using var network = await ChannelNetwork.StartAsync(await RigAsync());
        var ona = await network.MemberAsync("Ona Petraitė");
        await network.AppointAsync(ona, "LT");
        var id = await network.EventAsync("Ruduo pelkėje", people);
        await ona.FollowsLink($"event-{id}");

        await ona.Presses("Dalyvių sąrašas");

        var pieces = ona.News.Where(message => message.Text.Contains("Numeris", StringComparison.Ordinal)).ToList();
        pieces.Count.ShouldBeGreaterThan(1);
        pieces.ShouldAllBe(piece => piece.Text.Length <= network.Rig.TextLimit);
        var whole = string.Join('\n', pieces.Select(piece => piece.Text));
        Enumerable.Range(1, people).Where(number => !whole.Contains(ChannelNetwork.Participant(number), StringComparison.Ordinal)).ShouldBeEmpty();
        ona.Button("Dalyvių sąrašas").MessageId.ShouldBe(ona.Screen[^1].Id);
    }

    [Fact]
    public async Task A_file_arrives_under_its_name()
    {
        await using var network = await ChannelNetwork.StartAsync(await RigAsync());
        var ona = await network.MemberAsync("Ona Petraitė");

        await ona.Types("/mydata");

        await ona.Sees("my-data.json");
    }

    [Fact]
    public async Task Whoever_asks_to_be_forgotten_leaves_nothing_behind()
    {
        await using var network = await ChannelNetwork.StartAsync(await RigAsync());
        var ona = await network.MemberAsync("Ona Petraitė");
        await ona.Does("""
            > /profile
            [Apie mane]
            > Turime miško klasę.
            < ona.petraite@example.org
            """);
        (await network.Stored.WordsAsync()).ShouldContain(text => text.Contains("miško klasę", StringComparison.Ordinal));

        await ona.Does("""
            > /forget
            [Tęsti]
            [Viską ištrinti dabar]
            < Viskas apie Jus ištrinta.
            """);

        (await network.ReadAsync(db => db.Conversations.CountAsync())).ShouldBe(0);
        (await network.Stored.WordsAsync()).Where(text => text.Contains("Petrait", StringComparison.OrdinalIgnoreCase) || text.Contains("miško klasę", StringComparison.Ordinal)).ShouldBeEmpty();
        await ona.Types("/start");
        await ona.Sees("Sveiki! Kokia kalba kalbėsime?");
    }

    [Fact]
    public async Task Whoever_leaves_holds_nothing_up_and_is_known_on_return()
    {
        await using var network = await ChannelNetwork.StartAsync(await RigAsync());
        var ona = await network.MemberAsync("Ona Petraitė");
        var jan = await network.MemberAsync("Jan Kowalski", "PL");
        await ona.Leaves();

        await network.TellAsync(ona, "Kol Jūsų nebuvo");
        await network.TellAsync(jan, "Do Jana");
        await jan.Sees("Do Jana");

        await ona.Returns();
        ona.Screen.Any(message => message.Text == "Kol Jūsų nebuvo").ShouldBe(network.Rig.KeepsForTheAbsent);
        await ona.Types("/profile");
        await ona.Sees("Ona Petraitė");
    }
}
