using System.Globalization;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit.BotApi;
using Button = CrossBorderNetwork.Messaging.Button;

namespace CrossBorderNetwork.Tests.Channels.Telegram;

/// <summary>Photos and documents that go to many.</summary>
public sealed class TelegramMediaTests : IAsyncLifetime
{
    private static readonly byte[] Pdf = "%PDF"u8.ToArray();

    private readonly List<Activity> _heard = [];
    private BotApiEmulator _api = null!;
    private TelegramHost _host = null!;
    private MediaFiles _files = null!;
    private EmulatedUser _ona = null!;
    private EmulatedUser _jan = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await BotApiEmulator.StartAsync(new BotApiOptions { Rates = null });
        _host = await TelegramHost.StartAsync(_api, (turn, _) =>
        {
            lock (_heard) _heard.Add(turn.Activity);
            return Task.CompletedTask;
        });
        _files = new MediaFiles(_host.Database, TimeProvider.System);
        _ona = _api.User(11, "Ona", "lt", started: true);
        _jan = _api.User(12, "Jan", "pl", started: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task A_photo_from_the_web_is_uploaded_once_and_then_named_by_its_id()
    {
        var photo = await KeptAsync("webchat", new ReceivedMedia("w1", "plan.png", IsPhoto: true, 3), [1, 2, 3]);
        (await SendAsync(_ona, photo, "Sveiki")).ShouldBeOfType<SendResult.Delivered>();
        // What is kept no more cannot be uploaded once more.
        await using (var work = await _host.Database.BeginAsync(CancellationToken.None))
        {
            work.Execute("DELETE FROM media_file");
            await work.CommitAsync(CancellationToken.None);
        }

        (await SendAsync(_jan, photo, "Witamy")).ShouldBeOfType<SendResult.Delivered>();

        _ona.Messages.ShouldHaveSingleItem().Text.ShouldBe("(photo) Sveiki");
        _jan.Messages.ShouldHaveSingleItem().Text.ShouldBe("(photo) Witamy");
        (await SendAsync(_ona, photo with { Id = 99 }, "?")).ShouldBeOfType<SendResult.Refused>();
    }

    [Fact]
    public async Task A_document_that_came_by_Telegram_goes_on_by_its_id_and_can_be_fetched_for_other_channels()
    {
        _ona.SendsDocument("planas.pdf", "application/pdf", Pdf);
        await TelegramHost.UntilAsync(() => Heard.Count > 0);
        var received = Heard[0].Media.ShouldNotBeNull();
        (Heard[0].Kind, received.Name, received.Size, received.IsPhoto).ShouldBe((ActivityKind.Unreadable, "planas.pdf", 4, false));

        var document = await KeptAsync("telegram", received, null);
        (await SendAsync(_jan, document, "Dokumentas")).ShouldBeOfType<SendResult.Delivered>();
        _jan.Messages.ShouldHaveSingleItem().Text.ShouldBe("(document planas.pdf) Dokumentas");

        (await _files.HasContentAsync(document.Id, CancellationToken.None)).ShouldBeFalse();
        await _host.FetchMediaAsync();
        (await _files.ReadAsync(document.Id, CancellationToken.None))!.Content.ShouldBe(Pdf);
        _host.Log.All.ShouldNotContain(_api.Token.Split(':')[1]);
    }

    [Fact]
    public async Task After_a_change_of_the_bot_a_file_is_uploaded_whose_id_means_nothing_to_the_new_one()
    {
        var foreign = await KeptAsync("telegram", new ReceivedMedia("of-another-bot", "planas.pdf", IsPhoto: false, 4), Pdf);
        (await SendAsync(_ona, foreign, "Dokumentas")).ShouldBeOfType<SendResult.Delivered>();
        _ona.Messages.ShouldHaveSingleItem().Text.ShouldBe("(document planas.pdf) Dokumentas");
    }

    [Fact]
    public async Task The_text_under_a_photo_keeps_its_looks_and_is_corrected_in_place_with_its_buttons()
    {
        var photo = await KeptAsync("webchat", new ReceivedMedia("w1", "photo.jpg", IsPhoto: true, 3), [1, 2, 3]);
        var sent = (await SendAsync(_ona, photo, "Pirmas")).ShouldBeOfType<SendResult.Delivered>();

        var bold = new RichText([new Run("Antras", RunStyle.Bold)]);
        var corrected = new Message { Text = bold, Media = photo, Replaces = 1, Buttons = [[new Button("OK", "ok")]] };
        (await _host.Adapter.SendAsync(new Envelope("11", null, corrected, sent.MessageId), CancellationToken.None)).ShouldBeOfType<SendResult.Delivered>();

        var shown = _ona.Messages.ShouldHaveSingleItem();
        shown.Text.ShouldBe("(photo) Antras");
        shown.Bold.ShouldBe(["Antras"]);
        shown.Buttons.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_photo_of_the_person_is_told_with_its_id_and_a_sticker_is_no_file()
    {
        _ona.Sends(Attachment.Sticker);
        _ona.Sends(Attachment.Photo, "žiūrėkit");
        await TelegramHost.UntilAsync(() => Heard.Count == 2);
        Heard[0].Media.ShouldBeNull();
        Heard[1].Media.ShouldNotBeNull().IsPhoto.ShouldBeTrue();
    }

    private IReadOnlyList<Activity> Heard
    {
        get
        {
            lock (_heard) return [.. _heard.Where(activity => activity.Kind == ActivityKind.Unreadable)];
        }
    }

    private async Task<MediaRef> KeptAsync(string channel, ReceivedMedia received, byte[]? content)
    {
        await using var work = await _host.Database.BeginAsync(CancellationToken.None);
        var kept = _files.Keep(work, channel, received, content);
        await work.CommitAsync(CancellationToken.None);
        return kept;
    }

    private Task<SendResult> SendAsync(EmulatedUser person, MediaRef media, string text) => _host.Adapter.SendAsync(
        new Envelope(person.Id.ToString(CultureInfo.InvariantCulture), null, new Message { Text = RichText.Plain(text), Media = media }, null), CancellationToken.None);
}
