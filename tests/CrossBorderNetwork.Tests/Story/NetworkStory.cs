using System.Globalization;
using CrossBorderNetwork.TestKit;

namespace CrossBorderNetwork.Tests.Story;

/// <summary>
/// What the network is for, from the first word to the last, on Telegram's wire against the built server: people on both sides of
/// the border join, find each other, are told what goes on, and leave.
/// </summary>
internal sealed class NetworkStory(Stage stage)
{
    public const long TeacherId = 1001;
    public const long HeadId = 2001;
    public const string Line = "Mes kuriame lėles iš šiaudų! <b>Ir jūs?</b>";

    public static readonly NewMember Teacher = new()
    {
        Name = "Ona Petraitė", Side = "LT", Town = "Birštonas", Role = "teacher", Organisation = "Vyturėlis",
        Languages = new Dictionary<string, int> { ["lt"] = 3, ["en"] = 2 },
        Topics = ["folklore", "theatre", "bilingual"], Offers = ["visit"], Seeks = ["project"], About = "Lėlių teatras", Contact = "ona@birstonas.example",
    };

    public static readonly NewMember Head = new()
    {
        Name = "Anna Nowak", Side = "PL", Town = "Korycin", Role = "head", Organisation = "Przedszkole w Korycinie",
        Languages = new Dictionary<string, int> { ["pl"] = 3, ["en"] = 2 },
        Topics = ["folklore", "theatre"], Offers = ["project"], Seeks = ["visit"], Contact = "anna@korycin.example",
    };

    /// <summary>Fits less, so that there is somebody to be ranked behind.</summary>
    private static readonly NewMember Other = new()
    {
        Name = "Jan Wójcik", Side = "PL", Town = "Bakałarzewo", Role = "researcher", Organisation = "Uniwersytet",
        Languages = new Dictionary<string, int> { ["en"] = 1 },
        Topics = ["autism"], Contact = "+48 600 100 200",
    };

    private static readonly NewMember Coordinator = new()
    {
        Name = "Rasa Kazlauskienė", Side = "LT", Town = "Druskininkai", Role = "ngo", Organisation = "Nemuno euroregionas",
        Languages = new Dictionary<string, int> { ["lt"] = 3, ["en"] = 3 },
        Topics = ["reading"], Contact = "rasa@euroregion.example",
    };

    public static readonly Dictionary<string, string> EventTitles = new() { ["lt"] = "Lėlių dirbtuvės", ["pl"] = "Warsztaty lalkarskie", ["en"] = "Puppet workshop" };

    private static readonly Dictionary<string, string> CoFunding = new()
    {
        ["lt"] = "Bendrai finansuoja Europos Sąjunga", ["pl"] = "Współfinansowane przez Unię Europejską", ["en"] = "Co-funded by the European Union",
    };

    /// <summary>Called when everybody but the teacher has joined: from here on, every kind of step comes.</summary>
    public Action MayDie { get; init; } = () => { };

    /// <summary>How many digests reached a person; each ends with the line about the funding.</summary>
    public static int DigestsOf(Stage stage, long person, string language) =>
        stage.Api.Truth.MessagesIn(person).Count(message => message.Text.Contains(CoFunding[language], StringComparison.Ordinal));

    public async Task TellAsync(string teachersLanguage, string headsLanguage, string coordinatorsLanguage)
    {
        var teacher = stage.Person(TeacherId, "Ona", teachersLanguage);
        var head = stage.Person(HeadId, "Anna", headsLanguage);
        var coordinator = stage.Person(Stage.CoordinatorId, "Rasa", coordinatorsLanguage);
        try
        {
            await Coordinator.Enrols(coordinator);
            await Head.Enrols(head);
            await Other.Enrols(stage.Person(2002, "Jan", "en"));
            MayDie();
            await PublishesAnEvent(coordinator);
            await PublishesACall(coordinator);
            await Teacher.Enrols(teacher);
            await AreIntroduced(teacher, head);
            await DigestsComeOnMondayAtEight(teacher, head);
            await SignsUpFromTheDigest(teacher);
            await TakesTheirDataAndLeaves(teacher);
            (await stage.Server.SqlAsync("SELECT name FROM member ORDER BY id")).ShouldBe([Coordinator.Name, Head.Name, Other.Name]);
        }
        catch (Exception fault) when (fault is TimeoutException or InvalidOperationException)
        {
            Assert.Fail($"{fault.Message}\n\n{stage.Transcripts}\n\n=== server\n{stage.Server.Log[^Math.Min(20_000, stage.Server.Log.Length)..]}");
        }
    }

    /// <summary>Each at their own clock: Lithuania's is an hour ahead.</summary>
    private async Task DigestsComeOnMondayAtEight(TelegramTalker teacher, TelegramTalker head)
    {
        DigestsOf(stage, TeacherId, teacher.Words.Language).ShouldBe(0);
        await stage.MondayComesAsync("Europe/Vilnius");
        await ReadsTheDigest(teacher);
        DigestsOf(stage, HeadId, head.Words.Language).ShouldBe(0);
        await stage.MondayComesAsync("Europe/Warsaw");
        await ReadsTheDigest(head);
    }

    private static async Task AreIntroduced(TelegramTalker teacher, TelegramTalker head)
    {
        await teacher.Types("/partners");
        await teacher.Sees(Head.Name);
        await teacher.Sees("partners", "reason.topics");
        await teacher.Presses(teacher.Words.Of("partners", "card.options.introduce"), "partners", "line.ask");
        await teacher.Types(Line, "partners", "confirm.ask");
        await teacher.Presses(teacher.Words.Of("partners", "confirm.options.yes"), "partners", "asked.ask");

        (await head.Sees("introductions", "messages.asked.text")).ShouldContain(Teacher.Name);
        await head.Sees(Line);
        await head.Presses(head.Words.Of("introductions", "messages.asked.buttons.accept"), "introductions", "messages.accepted.text");
        await head.Sees(Teacher.Contact);

        (await teacher.Sees("introductions", "messages.accepted.text")).ShouldContain(Head.Contact);
    }

    private static async Task PublishesAnEvent(TelegramTalker coordinator)
    {
        var words = coordinator.Words;
        var skip = words.Of("common", "buttons.skip");
        await coordinator.Types("/newevent", "newevent", "title-lt.ask");
        await TypesTitlesAndDescriptions(coordinator, "newevent", EventTitles, "starts.ask");
        await coordinator.Types(InDays(10) + " 17:00", "newevent", "lasts.ask");
        await coordinator.Presses(words.Of("newevent", "lasts.options.120"), "newevent", "venue.ask");
        await coordinator.Presses(words.Of("newevent", "venue.options.online"), "newevent", "link.ask");
        await coordinator.Types("https://meet.example/lalki", "newevent", "access.ask");
        await coordinator.Presses(words.Of("newevent", "access.options.public"), "newevent", "organisers-lt.ask");
        await coordinator.Types("Nemuno euroregionas", "newevent", "organisers-pl.ask");
        await coordinator.Types("Euroregion Niemen", "newevent", "topics.ask");
        await coordinator.Presses(skip, "newevent", "capacity.ask");
        await coordinator.Presses(skip, "newevent", "review.ask");
        await coordinator.Presses(words.Of("newevent", "review.options.publish"), "newevent", "published");
    }

    private static async Task PublishesACall(TelegramTalker coordinator)
    {
        var words = coordinator.Words;
        var skip = words.Of("common", "buttons.skip");
        await coordinator.Types("/newcall", "newcall", "type.ask");
        await coordinator.Presses(words.Label("call-types", "partner"), "newcall", "title-lt.ask");
        var titles = new Dictionary<string, string> { ["lt"] = "Ieškome partnerio", ["pl"] = "Szukamy partnera", ["en"] = "We look for a partner" };
        await TypesTitlesAndDescriptions(coordinator, "newcall", titles, "topics.ask");
        await coordinator.Presses(skip, "newcall", "roles.ask");
        await coordinator.Presses(skip, "newcall", "sides.ask");
        await coordinator.Presses(skip, "newcall", "last-day.ask");
        await coordinator.Types(InDays(20), "newcall", "review.ask");
        await coordinator.Presses(words.Of("newcall", "review.options.publish"), "newcall", "published");
    }

    private static async Task TypesTitlesAndDescriptions(TelegramTalker coordinator, string dialog, Dictionary<string, string> titles, string next)
    {
        await coordinator.Types(titles["lt"], dialog, "description-lt.ask");
        await coordinator.Types("Ateikite su idėjomis.", dialog, "title-pl.ask");
        await coordinator.Types(titles["pl"], dialog, "description-pl.ask");
        await coordinator.Types("Zapraszamy z pomysłami.", dialog, "title-en.ask");
        await coordinator.Types(titles["en"], dialog, "description-en.ask");
        await coordinator.Types("Bring your ideas.", dialog, next);
    }

    private static async Task ReadsTheDigest(TelegramTalker member)
    {
        var digest = await member.Sees("digest", "heading");
        digest.ShouldContain(EventTitles[member.Words.Language]);
        digest.ShouldContain(CoFunding[member.Words.Language]);
    }

    private static async Task SignsUpFromTheDigest(TelegramTalker member)
    {
        await member.Presses("1 · " + member.Words.Of("events", "messages.digest.buttons.going"), "events", "went");
    }

    private static async Task TakesTheirDataAndLeaves(TelegramTalker member)
    {
        await member.Types("/mydata");
        await member.Sees(".json");
        var words = member.Words;
        await member.Types("/forget", "forget", "explain.ask");
        await member.Presses(words.Of("forget", "explain.options.go-on"), "forget", "sure.ask");
        await member.Presses(words.Of("forget", "sure.options.delete"), "forget", "forgotten");
    }

    private static string InDays(int days) => TimeProvider.System.GetUtcNow().AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
