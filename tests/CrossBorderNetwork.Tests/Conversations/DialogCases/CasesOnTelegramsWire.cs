using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.TestKit.BotApi;
using CrossBorderNetwork.Tests.Story;
using Microsoft.Data.Sqlite;

namespace CrossBorderNetwork.Tests.Conversations.DialogCases;

/// <summary>The cases that only Telegram's own wire shows, with the built server at its other end.</summary>
public sealed class CasesOnTelegramsWire
{
    [Fact]
    public async Task Case_14_an_edit_that_changes_nothing_counts_as_done()
    {
        await using var stage = await Stage.SetAsync(webhook: false);
        var ona = stage.Person(1001, "Ona", "en");
        await ona.Types("/start", "enrol", "language.ask");
        // The message is changed, but the server does not hear of it and can only try again.
        stage.Api.Faults.Add(Fault.AnswerLost() with { Method = "editMessageText" });

        await ona.Presses(ona.Words.Of("enrol", "language.options.en"), "enrol", "consent-membership.ask");
        await ona.Presses(ona.Words.Of("enrol", "consent-membership.options.agree"), "enrol", "consent-found.ask");
        await stage.IsQuietAsync();

        stage.Refusals.ShouldHaveSingleItem().ShouldContain("message is not modified");
        stage.Api.Truth.MessagesIn(1001).ShouldHaveSingleItem();
        await stage.NothingFailedAsync();
    }

    [Fact]
    public async Task Case_27_a_press_is_acknowledged_while_its_turn_cannot_even_begin()
    {
        await using var stage = await Stage.SetAsync(webhook: false);
        var ona = stage.Person(1001, "Ona", "en");
        await ona.Types("/start", "enrol", "language.ask");

        await using (var busy = new SqliteConnection($"Data Source={stage.Server.DatabaseFile};Pooling=False"))
        {
            await busy.OpenAsync();
            await using var writing = busy.BeginTransaction(deferred: false);
            (await ona.User.GetsAnswer(ona.User.Presses(ona.Words.Of("enrol", "language.options.en")))).ShouldBeEmpty();
            ona.Screen.ShouldContain(ona.Words.Of("enrol", "language.ask"));
        }

        await ona.User.SeesNew(ona.Words.Of("enrol", "consent-membership.ask"));
        await stage.CheckAsync();
    }

    [Fact]
    public async Task Case_27_a_press_that_is_too_old_to_be_acknowledged_is_answered_all_the_same()
    {
        await using var stage = await Stage.SetAsync(webhook: false);
        var ona = stage.Person(1001, "Ona", "en");
        await ona.Types("/start", "enrol", "language.ask");
        stage.Api.Faults.Add(Fault.Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid") with { Method = "answerCallbackQuery" });

        await ona.Presses(ona.Words.Of("enrol", "language.options.en"), "enrol", "consent-membership.ask");

        await stage.NothingFailedAsync();
    }

    [Fact]
    public async Task Case_31_an_album_is_answered_once()
    {
        await using var stage = await Stage.SetAsync(webhook: false);
        var ona = stage.Person(1001, "Ona", "en");
        await ona.Types("/start", "enrol", "language.ask");

        ona.User.Sends(Attachment.Album, caption: "three of us");
        await ona.Sees("common", "unreadable");
        await stage.IsQuietAsync();

        stage.Api.Truth.MessagesIn(1001).Count.ShouldBe(2);
        await stage.CheckAsync();
    }
}
