using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.TestKit;

namespace CrossBorderNetwork.Tests.Conversations.Content;

public sealed class ContentCheckTests
{
    private const string Dialog = "mini/dialog.yaml";
    private const string English = "mini/texts.en.yaml";
    private const string Lithuanian = "mini/texts.lt.yaml";

    [Fact]
    public void Sound_content_has_no_fault()
    {
        using var mini = new MiniContent();

        mini.Check().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("next: many", "next: mony", 21, "there is no step 'mony'")]
    [InlineData("- end\n", "- ended\n", 15, "there is no step 'ended'")]
    [InlineData("{ b: deed }", "{ b: dead }", 12, "there is no step 'dead'")]
    [InlineData("failed: end", "failed: start nowhere", 17, "there is no dialog 'nowhere' to start")]
    [InlineData("failed: end", "failed: start mini/nothing", 17, "the dialog 'mini' has no entry 'nothing'")]
    [InlineData("links: { mini: pick }", "links: { mini: pock }", 3, "there is no step 'pock'")]
    [InlineData("entries: { again: pick }", "entries: { again: end }", 4, "there is no step 'end' (a target is a step of this dialog)")]
    [InlineData("commands:", "start: nowhere\ncommands:", 1, "there is no step 'nowhere'")]
    [InlineData("list: colours", "list: colors", 23, "there is no list 'colors' (known: colours)")]
    [InlineData("do: test.deed", "do: test.dead", 17, "there is no action 'test.dead' (known: test.deed, test.guard)")]
    [InlineData("done: told, failed: end", "done: told", 17, "the outcome 'failed' of 'test.deed' leads nowhere")]
    [InlineData("failed: end }", "failed: end, lost: end }", 17, "'test.deed' has no outcome 'lost' (it has: done, failed)")]
    [InlineData("ok: enter", "ok: many", 7, "nobody can enter")]
    [InlineData("no: end }", "no: run nowhere }", 7, "there is no dialog 'nowhere' to run")]
    [InlineData("where: { kind", "where: { king", 23, "no entry of the list 'colours' has the attribute 'king'")]
    [InlineData("when: { pick: a }", "when: { pick: c }", 14, "'pick' is never 'c' (it can be: a, b, none)")]
    [InlineData("commands: [start, mini]", "commands: [start, Mini]", 1, "'/Mini' cannot be a command")]
    [InlineData("commands: [start, mini]", "commands: [start, cancel]", 1, "'/cancel' is understood everywhere")]
    [InlineData("commands: [start, mini]", "commands: [start, start]", 1, "the command '/start' starts the dialog 'mini' already")]
    [InlineData("menu: everyone", "menu: every", 2, "'every' is nobody to show the command to (known: everyone, members, coordinators)")]
    [InlineData("links: { mini: pick }", "links: { mini-1: pick }", 3, "'mini-1' cannot begin a link")]
    [InlineData("[[again]]", "[[again, never]]", 6, "the button 'never' of the message 'hello' leads nowhere")]
    [InlineData("options: [a,", "options: [a, a,", 12, "the option 'a' stands twice")]
    [InlineData("ask: choices", "min: 3\n    max: 2\n    ask: choices", 23, "'min' (3) is greater than 'max' (2)")]
    [InlineData("ask: choices\n    list: colours\n    where: { kind: pick }", "ask: choices", 23, "there is nothing to choose in 'many'")]
    [InlineData("ask: choices", "ask: chioces", 23, "'chioces' is not a kind of question")]
    [InlineData("ask: choices", "ask: text\n    format: phone", 23, "'phone' is not a format")]
    [InlineData("ask: choices", "ask: ratings", 23, "'ratings' needs a scale")]
    [InlineData("ask: choices", "ask: lookup", 23, "'lookup' needs the name of the action")]
    [InlineData("ask: choices", "ask: lookup\n    lookup: test.find", 23, "there is no action 'test.find' to look up with")]
    [InlineData("next: many", "next: told", 20, "the dialog goes round in circles without a question: told → told")]
    [InlineData("next: many", "next: end", 23, "nothing leads to the step 'many'")]
    [InlineData("say: true", "run: other", 20, "there is no dialog 'other' to run")]
    [InlineData("next: many", "", 20, "'next' is missing")]
    [InlineData("say: true", "say: true\n    loud: true", 21, "'loud' is not known here")]
    public void A_fault_in_a_dialog_is_named_with_its_line(string old, string @new, long line, string sentence)
    {
        using var mini = new MiniContent();
        mini.Change(Dialog, old, @new);

        var faults = mini.Check();

        faults.ShouldContain(fault => fault.File == Dialog && fault.Line == line && fault.Sentence.Contains(sentence), string.Join('\n', faults));
    }

    [Theory]
    [InlineData(English, "told: ", "tolled: ", 0, "the text 'told' is missing (dialog.yaml, line 20, says it)")]
    [InlineData(English, "told: ", "tolled: ", 5, "nothing says 'tolled': remove it")]
    [InlineData(Lithuanian, "  ask: Which one?\n", "", 0, "the text 'pick.ask' is missing (dialog.yaml, line 11, asks it)")]
    [InlineData(Lithuanian, "command: Begin\n", "", 0, "the text 'command' is missing (the line of the command in the menu)")]
    [InlineData(Lithuanian, "  one: Said by the program", "  two: Said by the program", 0, "the text 'part.one' is missing")]
    [InlineData(Lithuanian, "Hello {name}", "Hello {nome}", 12, "'messages.hello.text' uses {nome}, which the English text does not")]
    [InlineData(Lithuanian, "Hello {name}", "Hello", 12, "'messages.hello.text' leaves out {name}, which the English text uses")]
    [InlineData(Lithuanian, "few {# days} ", "", 5, "'told': the plural of {n} lacks few ('lt' needs one, few, many, other)")]
    [InlineData(English, "one {# day}", "one {# day} few {# days}", 5, "'told': 'few' is no plural in 'en' (it has one, other)")]
    [InlineData(English, "labels, colours", "labels, colors", 5, "'told': {many} takes its words from the list 'colors', which does not exist")]
    [InlineData(English, "labels, colours", "adverbs, colours", 5, "not every entry of the list 'colours' has the attribute 'adverb_en'")]
    [InlineData(English, "labels, colours", "ratings, colours", 5, "'ratings' needs two lists")]
    [InlineData(English, "The first", "The first and the very best of all of them", 4, "'pick.options.a' has 42 characters, and a button holds 40")]
    [InlineData(English, "Once more", "Once more as if there were no end to it at all", 13, "a button holds 40")]
    [InlineData(English, "Which colours?", "''", 7, "the text 'many.ask' is empty")]
    [InlineData(English, "Hello {name}", "Hello {name", 12, "'messages.hello.text': a } is missing after {name")]
    [InlineData(English, "Hello {name}", "Hello <b>{name}</b>", 12, "HTML tags are not used here")]
    [InlineData(English, "told:", "told", 1, "this is not valid YAML")]
    [InlineData("lists/colours.yaml", "en: Red", "en: A red that is redder than any red that was", 2, "the label of 'red' in 'en' has 42 characters")]
    [InlineData("lists/colours.yaml", "pl: Czerwony, ", "", 2, "'red' has no label in 'pl'")]
    [InlineData("common/texts.pl.yaml", "chosen:", "choosen:", 0, "the text 'chosen' is missing (the program says it)")]
    public void A_fault_in_a_text_is_named_with_its_line(string file, string old, string @new, long line, string sentence)
    {
        using var mini = new MiniContent();
        mini.Change(file, old, @new);

        var faults = mini.Check();

        faults.ShouldContain(fault => fault.File == file && fault.Sentence.Contains(sentence), string.Join('\n', faults));
        faults.First(fault => fault.File == file && fault.Sentence.Contains(sentence)).Line.ShouldBe(sentence.Contains("YAML") ? faults[0].Line : line);
    }

    [Fact]
    public void A_missing_text_file_is_one_fault()
    {
        using var mini = new MiniContent();
        mini.Delete(Lithuanian);

        mini.Check().ShouldHaveSingleItem().ToString().ShouldBe("mini/texts.lt.yaml: the file is missing: every dialog needs its texts in every language");
    }

    [Fact]
    public void A_dialog_without_example_is_a_fault()
    {
        using var mini = new MiniContent();
        mini.Delete("mini/examples/one.txt");

        mini.Check().ShouldHaveSingleItem().Sentence.ShouldStartWith("there is no example");
    }

    [Fact]
    public void A_menu_line_longer_than_the_channel_allows_is_a_fault()
    {
        using var mini = new MiniContent();
        mini.Change(English, "command: Begin", "command: " + new string('a', 257));

        mini.Check().ShouldHaveSingleItem().Sentence.ShouldBe("'command' has 257 characters, and a line of the menu holds 256");
    }

    [Fact]
    public void Names_that_do_not_fit_into_a_button_are_a_fault()
    {
        using var mini = new MiniContent();
        var entry = new string('e', 40);
        mini.Change(Dialog, "entries: { again: pick }", $"entries: {{ again: pick, {entry}: pick }}");

        mini.Check().ShouldHaveSingleItem().Sentence.ShouldContain("together are too long for a button");
    }

    [Fact]
    public void An_option_key_that_does_not_fit_into_a_button_is_a_fault()
    {
        using var mini = new MiniContent();
        var key = new string('k', 46);
        mini.Change(Dialog, "[a,", $"[a, {key},");
        foreach (var language in new[] { "en", "lt", "pl" }) mini.Change($"mini/texts.{language}.yaml", "{ a: ", $"{{ {key}: K, a: ");

        mini.Check().ShouldHaveSingleItem().Sentence.ShouldContain("is too long for a button's key (45 Latin letters at most)");
    }

    [Fact]
    public void A_command_and_a_link_lead_to_one_dialog_only()
    {
        using var mini = new MiniContent();
        mini.Write("other/dialog.yaml", "commands: [mini]\nlinks: { mini: one }\nsteps:\n  one: { say: true, next: end }");
        foreach (var language in new[] { "en", "lt", "pl" }) mini.Write($"other/texts.{language}.yaml", "one: One");
        mini.Write("other/examples/one.txt", "> /mini");

        mini.Check().Select(fault => fault.ToString()).ShouldBe([
            "other/dialog.yaml, line 1: the command '/mini' starts the dialog 'mini' already",
            "other/dialog.yaml, line 2: the link 'mini' leads to the dialog 'mini' already"]);
    }

    [Fact]
    public void Somebody_must_be_able_to_start()
    {
        using var mini = new MiniContent();
        mini.Change(Dialog, "commands: [start, mini]", "commands: [mini]");

        mini.Check().ShouldHaveSingleItem().Sentence.ShouldContain("no dialog has the command 'start'");
    }

    [Fact]
    public async Task The_dialogs_of_the_network_are_sound()
    {
        await using var network = await TestNetwork.StartAsync();
        var actions = (ActionSet)network.Services.GetService(typeof(ActionSet))!;

        string.Join('\n', ContentCheck.Run(network.Content, actions)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_dialogs_for_these_tests_are_sound()
    {
        await using var network = await TestDialogs.StartAsync();
        var actions = (ActionSet)network.Services.GetService(typeof(ActionSet))!;

        ContentCheck.Run(network.Content, actions).Where(fault => !fault.Sentence.StartsWith("there is no example", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
