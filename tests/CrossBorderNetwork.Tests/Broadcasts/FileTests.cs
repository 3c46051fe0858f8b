using CrossBorderNetwork.Broadcasts;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Broadcasts;

/// <summary>A photo or document that goes with an announcement.</summary>
public class FileTests
{
    private static readonly ReceivedMedia Poster = new("ref-1", "Plakatas.pdf", IsPhoto: false, 120_000);

    [Fact]
    public async Task A_document_stands_in_the_preview_and_in_what_every_reader_gets_and_stays_when_the_text_is_corrected()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var jan = await network.MemberAsync("Jan", side: "PL");
        await AsksForFileAsync(rasa, Desk.Lithuanian, Desk.Polish);
        await Gives(rasa, Poster);

        rasa.Phone.News.Count(message => message.FileName == "Plakatas.pdf").ShouldBe(2, "one preview a language");
        await rasa.Presses("Siųsti dabar");
        await network.GoesOutAsync();

        var received = jan.Phone.Messages.ShouldHaveSingleItem();
        received.FileName.ShouldBe("Plakatas.pdf");
        received.Text.ShouldContain(Desk.Polish);
        await network.RunJobAsync("broadcasts");
        await rasa.Presses("Pataisyti tekstą");
        await rasa.Presses("lenkų");
        await rasa.Types("Zapraszamy 5 maja.");
        await rasa.Presses("Taip, pataisyti");
        received = jan.Phone.Messages.ShouldHaveSingleItem();
        received.Text.ShouldContain("Zapraszamy 5 maja.");
        received.FileName.ShouldBe("Plakatas.pdf");
    }

    [Fact]
    public async Task What_readers_cannot_open_or_is_too_large_or_no_file_at_all_is_refused_with_what_would_do()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync();
        await AsksForFileAsync(rasa, Desk.Lithuanian);

        await Gives(rasa, Poster with { Name = "žaidimas.exe" });
        rasa.Sees("Tokio failo perduoti negaliu");
        await Gives(rasa, Poster with { Name = "be-galūnės" });
        rasa.Sees("Tokio failo perduoti negaliu");
        await Gives(rasa, Poster with { Size = (5 * 1024 * 1024) + 1 });
        rasa.Sees("ne daugiau kaip 5 MB");
        await rasa.Types("nežinau");
        rasa.Sees("sąvaržėlės");
        await rasa.Sends(ActivityKind.Unreadable);
        rasa.Sees("Galiu perskaityti tik tekstą");
        await rasa.Presses("Praleisti");

        rasa.Sees("Siųsti?");
        (await network.OnlyBroadcastAsync()).HasFile.ShouldBeFalse();
        await using var db = network.Read();
        (await db.MediaFiles.CountAsync(Desk.Ct)).ShouldBe(0);
    }

    [Fact]
    public async Task A_hostile_file_name_loses_its_path_and_its_unseen_signs()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync();
        await AsksForFileAsync(rasa, Desk.Lithuanian);

        await Gives(rasa, Poster with { Name = "../../etc/pla\u202Enas\u0000.pdf" });

        (await network.OnlyBroadcastAsync()).File.Name.ShouldBe("pla nas .pdf");
    }

    [Fact]
    public async Task Under_a_file_less_text_fits_and_the_coordinator_is_told_so()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync();
        await AsksForFileAsync(rasa, new string('ą', 1100));
        await Gives(rasa, Poster);
        rasa.Sees("telpa apie 900 ženklų");

        await rasa.Presses("Mygtukus ir failą");
        await rasa.Presses("✓ Nuotrauka");
        await rasa.Presses("Baigta");

        rasa.Sees("Siųsti?");
        (await network.OnlyBroadcastAsync()).HasFile.ShouldBeFalse();
    }

    [Fact]
    public async Task A_draft_keeps_its_file_over_a_restart_and_loses_it_only_when_it_is_thrown_away()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync();
        await AsksForFileAsync(rasa, Desk.Lithuanian);
        await Gives(rasa, Poster);
        await rasa.Presses("Palikti juodraštį");
        await network.RestartAsync();

        await rasa.Types("/announce");
        await rasa.Presses("✎ Kviečiame");
        rasa.Phone.News.ShouldContain(message => message.FileName == "Plakatas.pdf");
        await rasa.Presses("Ištrinti");

        await using var db = network.Read();
        (await db.MediaFiles.CountAsync(Desk.Ct)).ShouldBe(0);
        (await db.Broadcasts.CountAsync(Desk.Ct)).ShouldBe(0);
    }

    [Fact]
    public async Task A_file_that_nobody_sent_is_forgotten_after_a_day_and_one_that_was_sent_stays()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync();
        await AsksForFileAsync(rasa, Desk.Lithuanian);
        await Gives(rasa, Poster);
        await rasa.Presses("Pakeisti");
        await rasa.Presses("Mygtukus ir failą");
        await rasa.Presses("Baigta");
        await Gives(rasa, new ReceivedMedia("ref-2", "photo.jpg", IsPhoto: true, 90_000));

        await network.AdvanceAsync(TimeSpan.FromDays(2));
        await network.RunJobAsync("discard-files");

        await using var db = network.Read();
        (await db.MediaFiles.Select(file => file.Name).ToListAsync(Desk.Ct)).ShouldBe(["photo.jpg"]);
    }

    [Fact]
    public async Task What_a_forgotten_coordinator_was_still_writing_goes_too()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync();
        await AsksForFileAsync(rasa, Desk.Lithuanian);
        await Gives(rasa, Poster);
        await rasa.Types("/forget");
        await rasa.Presses("Tęsti");
        await rasa.Presses("Viską ištrinti dabar");
        await network.SettleAsync();

        await using var db = network.Read();
        (await db.Broadcasts.CountAsync(Desk.Ct)).ShouldBe(0);
        (await db.MediaFiles.CountAsync(Desk.Ct)).ShouldBe(0);
    }

    private static async Task AsksForFileAsync(ScriptedMember rasa, string lithuanian, string polish = "")
    {
        await rasa.Writes(lithuanian, polish);
        await rasa.Presses("Toliau");
        await rasa.Presses("Nuotrauka ar dokumentas");
        await rasa.Presses("Baigta");
        rasa.Sees("Prašome atsiųsti nuotrauką ar dokumentą");
    }

    private static Task Gives(ScriptedMember person, ReceivedMedia media) => person.Does(person.Activity(ActivityKind.Unreadable) with { Media = media });
}
