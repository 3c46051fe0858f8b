using CrossBorderNetwork.TestKit;

namespace CrossBorderNetwork.Tests.Conversations.Content;

/// <summary>The examples beside the dialogs are tests: what they show is what happens.</summary>
public sealed class ExampleTests
{
    public static TheoryData<string> Examples() =>
        [.. Directory.GetFiles(TestFolders.Dialogs, "*.txt", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(TestFolders.Dialogs, file)).Order(StringComparer.Ordinal)];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Examples))]
    public async Task Every_example_runs(string file)
    {
        await using var network = await TestNetwork.StartAsync();

        await ExampleScript.PlayAsync(network, Path.Combine(TestFolders.Dialogs, file));
    }

    [Fact]
    public async Task An_example_can_do_all_that_its_description_says()
    {
        var file = await WriteAsync(
            """
            # Two people, one of them new.
            ! member Jan PL music,outdoor
            @ Jan
            > /start
            < Dzień dobry!
            @ Ona lt
            > /start
            < Sveiki
            <! Hello
            (photo)
            < tik tekstą
            > Ona
            [Lietuva]
            < Logopedija
            ! later 8d
            > labas
            < pokalbis uždarytas
            """);
        await using var network = await TestDialogs.StartAsync();

        await ExampleScript.PlayAsync(network, file);
    }

    [Fact]
    public async Task An_example_that_fails_names_its_line_and_shows_the_conversation()
    {
        var file = await WriteAsync("> /start\n< Sveiki");
        await using var network = await TestDialogs.StartAsync();

        var fault = await Should.ThrowAsync<ExpectationException>(() => ExampleScript.PlayAsync(network, file));

        fault.Message.ShouldContain("line 2, “< Sveiki”");
        fault.Message.ShouldContain("> /start\n< Hello!");
    }

    [Fact]
    public async Task A_line_that_is_none_of_an_example_is_refused()
    {
        var file = await WriteAsync("/start");
        await using var network = await TestDialogs.StartAsync();

        (await Should.ThrowAsync<ExpectationException>(() => ExampleScript.PlayAsync(network, file))).Message.ShouldContain("line 1, “/start”: a line begins with");
    }

    private static async Task<string> WriteAsync(string text)
    {
        var file = Path.Combine(AppContext.BaseDirectory, $"example-{Guid.CreateVersion7()}.txt");
        await File.WriteAllTextAsync(file, text);
        return file;
    }
}
