using CrossBorderNetwork.TestKit;

namespace CrossBorderNetwork.Tests.Conversations.Texts;

/// <summary>Dates, hours and numbers as people write them; on Monday, 5 October 2026, in the time of Vilnius.</summary>
public sealed class WrittenTimeTests
{
    [Theory]
    [InlineData("2026-12-05", "2026-12-05")]
    [InlineData("2026.12.05.", "2026-12-05")]
    [InlineData("5.12.2026", "2026-12-05")]
    [InlineData("5/12", "2026-12-05")]
    [InlineData("05-12", "2026-12-05")]
    [InlineData("1.2", "2027-02-01")]
    [InlineData("lapkričio 23", "2026-11-23")]
    [InlineData("lapkričio 23 d.", "2026-11-23")]
    [InlineData("2026 m. lapkričio 23 d.", "2026-11-23")]
    [InlineData("Lapkricio 23", "2026-11-23")]
    [InlineData("gruodis 5", "2026-12-05")]
    [InlineData("5 grudnia", "2026-12-05")]
    [InlineData("5 Grudnia 2026 r.", "2026-12-05")]
    [InlineData("1 pazdziernika 2027", "2027-10-01")]
    [InlineData("December 5", "2026-12-05")]
    [InlineData("5th December", "2026-12-05")]
    [InlineData("december 5th, 2026", "2026-12-05")]
    [InlineData("5 Dec", "2026-12-05")]
    [InlineData("1 May", "2027-05-01")]
    [InlineData("29 February 2028", "2028-02-29")]
    [InlineData("5 October", "2026-10-05")]
    [InlineData("4 October", "2027-10-04")]
    public async Task A_day_is_understood(string typed, string day) => (await AskedAsync("day", typed)).ShouldContain("✓ " + day);

    [Theory]
    [InlineData("31.2")]
    [InlineData("29 February 2027")]
    [InlineData("0.5")]
    [InlineData("32 grudnia")]
    [InlineData("5.13")]
    [InlineData("tomorrow")]
    [InlineData("December")]
    [InlineData("4.10.2026")]
    [InlineData("5 December 1999")]
    public async Task What_is_no_day_to_come_is_not_taken(string typed) => (await AskedAsync("day", typed)).ShouldBeEmpty();

    [Theory]
    [InlineData("5 grudnia 17:00", "2026-12-05 17:00")]
    [InlineData("5 grudnia o godz. 17", "2026-12-05 17:00")]
    [InlineData("5 grudnia, 17.30", "2026-12-05 17:30")]
    [InlineData("gruodžio 5, 17:00", "2026-12-05 17:00")]
    [InlineData("gruodžio 5 d. 17 val.", "2026-12-05 17:00")]
    [InlineData("5 December at 9:05", "2026-12-05 09:05")]
    [InlineData("2026-12-05 17:00", "2026-12-05 17:00")]
    [InlineData("5.12 17:00", "2026-12-05 17:00")]
    [InlineData("5.12.2026, 8:00", "2026-12-05 08:00")]
    [InlineData("5 October 23:59", "2026-10-05 23:59")]
    public async Task A_day_with_an_hour_is_understood(string typed, string moment) => (await AskedAsync("start", typed)).ShouldContain("✓ " + moment);

    [Theory]
    [InlineData("5 grudnia")]
    [InlineData("17:00")]
    [InlineData("5 grudnia 25:00")]
    [InlineData("5 grudnia 17:60")]
    [InlineData("5 October 8:00")]
    public async Task What_is_no_moment_to_come_is_not_taken(string typed) => (await AskedAsync("start", typed)).ShouldBeEmpty();

    [Theory]
    [InlineData("12", "12")]
    [InlineData(" 12 ", "12")]
    [InlineData("+12", "12")]
    [InlineData("007", "7")]
    [InlineData("1 2", "12")]
    public async Task A_whole_number_is_understood(string typed, string number) => (await AskedAsync("seats", typed)).ShouldContain("✓ " + number);

    [Theory]
    [InlineData("14,5")]
    [InlineData("14.5")]
    [InlineData("1.000")]
    [InlineData("0")]
    [InlineData("51")]
    [InlineData("-3")]
    [InlineData("twelve")]
    public async Task What_is_no_whole_number_within_bounds_is_not_taken(string typed) => (await AskedAsync("seats", typed)).ShouldBeEmpty();

    /// <returns>The earlier answer that the question offers when the person comes back to it; empty where it was not taken.</returns>
    private static async Task<IReadOnlyList<string>> AskedAsync(string step, string typed)
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        await TestDialogs.GoToAsync(ona, step);
        var question = ona.Phone.Messages[^1].Text;
        await ona.Types(typed);
        if (ona.Phone.Messages[^1].Text.EndsWith(question, StringComparison.Ordinal)) return [];
        await ona.Types("back");
        return ona.Buttons;
    }
}
