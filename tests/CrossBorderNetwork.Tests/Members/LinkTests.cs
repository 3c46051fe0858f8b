using System.Text.RegularExpressions;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Members;

public partial class LinkTests
{
    [Fact]
    public async Task A_code_made_in_one_chat_joins_another_chat_to_the_same_member()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė", language: "en");
        var web = network.Person("Somebody");
        var code = await CodeAsync(ona);

        await web.Types("/link " + code.ToLowerInvariant());
        await web.Presses("Yes, join both chats");

        web.Sees("The two chats are joined.");
        ona.Sees("This chat has been joined with another one");
        (await web.PersonIdAsync()).ShouldBe(await ona.PersonIdAsync());
        await web.Types("/profile");
        web.Sees("Ona Petraitė");
    }

    [Fact]
    public async Task A_member_can_also_bring_the_membership_into_the_chat_that_made_the_code()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė", language: "en");
        var web = network.Person("Somebody");
        await web.Types("/start");
        var code = await CodeAsync(web);

        await ona.Types("/link");
        await ona.Presses("Enter a code");
        await ona.Types(code);
        await ona.Presses("Yes, join both chats");

        await web.Types("/profile");
        web.Sees("Ona Petraitė");
        await using var db = network.Read();
        (await db.Members.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Of_two_members_the_one_whose_chat_made_the_code_remains_after_a_plain_warning()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė", language: "en");
        var twin = await network.MemberAsync("Ona Zqvtwin", language: "en");
        var code = await CodeAsync(ona);

        await twin.Types("/link " + code);
        twin.Sees("the profile of this chat is deleted");
        await twin.Presses("No, stop");
        twin.Sees("Nothing was changed.");
        await twin.Types("/link " + code);
        await twin.Presses("Yes, keep the other profile");

        await using var db = network.Read();
        (await db.Members.SingleAsync()).Name.ShouldBe("Ona Petraitė");
        (await db.Conversations.Select(c => c.PersonId).Distinct().SingleAsync()).ShouldBe(await ona.PersonIdAsync());
    }

    [Fact]
    public async Task A_code_works_once_and_for_ten_minutes_and_only_the_newest()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė", language: "en");
        var first = network.Person("First");
        var second = network.Person("Second");
        var old = await CodeAsync(ona);
        var newest = await CodeAsync(ona);

        await first.Types("/link " + old);
        first.Sees("This code does not exist");
        await first.Types("/link " + newest);
        await first.Presses("Yes, join both chats");
        await second.Types("/link " + newest);
        second.Sees("This code does not exist");
        var late = await CodeAsync(ona);
        await network.AdvanceAsync(TimeSpan.FromMinutes(11));
        await second.Types("/link " + late);
        second.Sees("This code does not exist");
    }

    [Fact]
    public async Task A_code_that_grows_old_under_the_question_joins_nothing()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė", language: "en");
        var web = network.Person("Somebody");
        await web.Types("/link " + await CodeAsync(ona));

        await network.AdvanceAsync(TimeSpan.FromMinutes(11));
        await web.Presses("Yes, join both chats");

        web.Sees("The code is no longer valid.");
        (await web.PersonIdAsync()).ShouldNotBe(await ona.PersonIdAsync());
    }

    [Fact]
    public async Task After_five_wrong_codes_even_the_right_one_must_wait()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė", language: "en");
        var thief = network.Person("Thief");
        for (var i = 0; i < 5; i++) await thief.Types("/link WRONG23" + i);

        await thief.Types("/link " + await CodeAsync(ona));

        thief.Sees("Too many wrong codes.");
        await network.AdvanceAsync(TimeSpan.FromMinutes(11));
        await thief.Types("/link " + await CodeAsync(ona));
        thief.Sees("Is the other chat yours too?");
    }

    [Fact]
    public async Task The_code_itself_is_stored_nowhere_after_it_was_shown()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė", language: "en");

        var code = await CodeAsync(ona);

        await using var db = network.Read();
        (await db.Set<LinkCode>().SingleAsync()).Hash.Length.ShouldBe(64);
        (await db.Set<Conversation>().Select(c => c.State).ToListAsync()).ShouldAllBe(state => state == null || !state.Contains(code, StringComparison.Ordinal));
        (await db.Set<OutboxEntry>().Select(e => e.Payload).ToListAsync()).ShouldAllBe(payload => payload == null);
    }

    [Fact]
    public async Task A_coordinator_makes_the_code_and_does_not_type_a_strangers()
    {
        await using var network = await TestNetwork.StartAsync();
        var rasa = await network.MemberAsync("Rasa", language: "en");
        await network.AppointAsync(rasa, "LT");
        var stranger = network.Person("Stranger");
        await stranger.Types("/start");

        await rasa.Types("/link " + await CodeAsync(stranger));

        rasa.Sees("For safety, please make the code here");
        (await stranger.PersonIdAsync()).ShouldNotBe(await rasa.PersonIdAsync());
    }

    [Fact]
    public async Task One_chat_cannot_be_joined_with_itself()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė", language: "en");

        await ona.Types("/link " + await CodeAsync(ona));

        ona.Sees("These two chats are joined already.");
    }

    private static async Task<string> CodeAsync(ScriptedMember person)
    {
        await person.Types("/link");
        await person.Presses("Make a code here");
        return Code().Matches(person.Screen)[^1].Groups["code"].Value;
    }

    [GeneratedRegex("/link (?<code>[A-Z2-9]{4}-[A-Z2-9]{4})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
