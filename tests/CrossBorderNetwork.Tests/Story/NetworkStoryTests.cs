namespace CrossBorderNetwork.Tests.Story;

/// <summary>The story in every language for every part in it, and in both ways to receive updates.</summary>
public sealed class NetworkStoryTests
{
    private static readonly (string, string)[] LogsAll =
    [
        ("Logging__LogLevel__Default", "Trace"), ("Logging__LogLevel__Microsoft.AspNetCore", "Trace"), ("Logging__LogLevel__Microsoft.EntityFrameworkCore", "Trace"),
        ("Logging__LogLevel__System.Net.Http", "Trace"),
    ];

    [Theory]
    [InlineData("lt", "pl", "en", false)]
    [InlineData("pl", "en", "lt", false)]
    [InlineData("en", "lt", "pl", false)]
    [InlineData("lt", "pl", "en", true)]
    [InlineData("pl", "en", "lt", true)]
    [InlineData("en", "lt", "pl", true)]
    public async Task Two_across_the_border_join_meet_and_are_told_what_goes_on_each_in_their_own_language(string teacher, string head, string coordinator, bool webhook)
    {
        await using var stage = await Stage.SetAsync(webhook, [.. Stage.Coordinators(Stage.CoordinatorId), .. LogsAll]);

        await new NetworkStory(stage).TellAsync(teacher, head, coordinator);

        foreach (var (person, language) in new[] { (NetworkStory.TeacherId, teacher), (NetworkStory.HeadId, head), (Stage.CoordinatorId, coordinator) })
            NetworkStory.DigestsOf(stage, person, language).ShouldBe(1);
        await stage.CheckAsync(
            NetworkStory.Teacher.Name, NetworkStory.Teacher.Contact, NetworkStory.Head.Name, NetworkStory.Head.Contact, NetworkStory.Line, NetworkStory.EventTitles["lt"],
            "secret-of-the-story");
    }
}
