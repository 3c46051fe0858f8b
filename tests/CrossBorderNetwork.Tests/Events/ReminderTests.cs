using CrossBorderNetwork.TestKit;

namespace CrossBorderNetwork.Tests.Events;

public class ReminderTests
{
    [Fact]
    public async Task Who_is_going_is_reminded_once_at_nine_of_the_day_before_in_the_own_zone()
    {
        await using var network = await TestNetwork.StartAsync();
        var id = await network.AddEventAsync();
        var (ona, jan, rasa) = (await network.MemberAsync("Ona"), await network.MemberAsync("Jan", "PL"), await network.MemberAsync("Rasa"));
        await ona.OpensEvent(id);
        await ona.Presses("Dalyvausiu");
        await jan.OpensEvent(id);
        await jan.Presses("Wezmę udział");

        // Sunday, 11 October: nine o'clock in Vilnius is six in UTC, and an hour later it is nine in Warsaw.
        await AtAsync(network, day: 11, hour: 5);
        ona.HasNeverSeen("Primename");
        await AtAsync(network, day: 11, hour: 6);
        ona.Sees("Primename apie Jūsų renginį: Renginys");
        jan.HasNeverSeen("Przypomnienie");
        await AtAsync(network, day: 11, hour: 7);
        jan.Sees("Przypomnienie o wydarzeniu");
        for (var hour = 8; hour < 24; hour += 5) await AtAsync(network, day: 11, hour);

        ona.TimesShown("Primename").ShouldBe(1);
        jan.TimesShown("Przypomnienie").ShouldBe(1);
        rasa.HasNeverSeen("Primename");
    }

    [Fact]
    public async Task Nobody_is_reminded_of_what_has_begun_or_what_they_chose_this_morning()
    {
        await using var network = await TestNetwork.StartAsync();
        var id = await network.AddEventAsync();
        var (ona, rasa) = (await network.MemberAsync("Ona"), await network.MemberAsync("Rasa"));
        await ona.OpensEvent(id);
        await ona.Presses("Dalyvausiu");

        network.Clock.SetUtcNow(new DateTimeOffset(2026, 10, 11, 12, 0, 0, TimeSpan.Zero));
        await rasa.OpensEvent(id);
        await rasa.Presses("Dalyvausiu");
        await AtAsync(network, day: 12, hour: 7);

        ona.HasNeverSeen("Primename");
        rasa.HasNeverSeen("Primename");
    }

    [Fact]
    public async Task Who_gave_the_seat_back_is_not_reminded()
    {
        await using var network = await TestNetwork.StartAsync();
        var id = await network.AddEventAsync();
        var ona = await network.MemberAsync("Ona");
        await ona.OpensEvent(id);
        await ona.Presses("Dalyvausiu");
        await ona.Presses("Negalėsiu");

        await AtAsync(network, day: 11, hour: 6);

        ona.HasNeverSeen("Primename");
    }

    [Fact]
    public async Task A_reminder_leads_to_the_kinds_of_message_and_whoever_takes_reminders_away_gets_no_more()
    {
        await using var network = await TestNetwork.StartAsync();
        var id = await network.AddEventAsync();
        var ona = await network.MemberAsync("Ona");
        await ona.OpensEvent(id);
        await ona.Presses("Dalyvausiu");
        await AtAsync(network, day: 11, hour: 6);
        await ona.Presses("Kokius pranešimus gauti");
        await ona.Presses("✓ Priminimai apie mano renginius");
        await ona.Presses("Baigta");
        ona.Sees("Įrašyta.");

        var later = await network.AddEventAsync(startsAt: new DateTimeOffset(2026, 10, 14, 14, 0, 0, TimeSpan.Zero));
        await ona.OpensEvent(later);
        await ona.Presses("Dalyvausiu");
        await AtAsync(network, day: 13, hour: 6);

        ona.TimesShown("Primename").ShouldBe(1);
    }

    [Fact]
    public async Task A_reminder_that_the_server_slept_through_is_sent_as_long_as_it_helps()
    {
        await using var network = await TestNetwork.StartAsync();
        var id = await network.AddEventAsync();
        var ona = await network.MemberAsync("Ona");
        await ona.OpensEvent(id);
        await ona.Presses("Dalyvausiu");

        await AtAsync(network, day: 12, hour: 6);

        ona.Sees("Primename apie Jūsų renginį");
    }

    private static async Task AtAsync(TestNetwork network, int day, int hour)
    {
        network.Clock.SetUtcNow(new DateTimeOffset(2026, 10, day, hour, 0, 0, TimeSpan.Zero));
        await network.RunJobAsync("event-reminders");
    }
}
