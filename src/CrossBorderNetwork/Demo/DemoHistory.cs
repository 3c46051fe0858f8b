using CrossBorderNetwork.Calls;
using CrossBorderNetwork.Cooperations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Events;
using CrossBorderNetwork.Introductions;
using CrossBorderNetwork.Texts;

namespace CrossBorderNetwork.Demo;

/// <summary>What happened in the invented network so far: events and calls that are open, and introductions that were made.</summary>
internal sealed class DemoHistory(UnitOfWork work, DemoPeople people, DateTimeOffset now)
{
    private static readonly TimeSpan EveningHour = TimeSpan.FromHours(15);

    public async Task AddAsync(IReadOnlyList<(long Id, string Side)> members, long authorId, CancellationToken ct)
    {
        var events = Events(authorId);
        work.Db.Events.AddRange(events);
        work.Db.Calls.AddRange(Calls(authorId));
        await work.SaveAsync(ct);
        // The people whom a visitor can be have everything still before them.
        var others = members.Skip(3).ToList();
        foreach (var (id, _) in others.Where(_ => people.Chance(.06)))
        {
            var chosen = events[people.Between(0, events.Count - 1)];
            work.Db.SignUps.Add(new SignUp { EventId = chosen.Id, MemberId = id, State = SignUpState.Going, Since = now.AddDays(-people.Between(1, 5)) });
        }
        var left = others.Where(member => member.Side == "LT").ToList();
        var right = others.Where(member => member.Side == "PL").ToList();
        var introductions = new List<Introduction>();
        // The coordinator has one too, with what became of it.
        if (right.Count > 0) introductions.Add(Introduced(authorId, right[^1].Id, isAccepted: true));
        foreach (var (asker, asked) in left.Zip(right).SkipLast(1).Where(_ => people.Chance(.45)))
            introductions.Add(people.Chance(.5) ? Introduced(asker.Id, asked.Id, people.Chance(.65)) : Introduced(asked.Id, asker.Id, people.Chance(.65)));
        work.Db.AddRange(introductions);
        await work.SaveAsync(ct);
        foreach (var unanswered in introductions.Where(introduction => introduction.State == IntroductionState.Lapsed))
            await CountFunnel.AdvanceAsync(work, unanswered, FunnelStage.Introduced, ct);
        await new DemoCooperations(work, people, now).AddAsync([.. introductions.Where(introduction => introduction.State == IntroductionState.Accepted)], ct);
    }

    private Introduction Introduced(long askerId, long askedId, bool isAccepted)
    {
        var askedAt = now.AddDays(-people.Between(40, 200));
        return new Introduction
        {
            AskerId = askerId, AskedId = askedId, Pair = Introduction.PairOf(askerId, askedId), LineLanguage = "lt", YesBy = askerId,
            State = isAccepted ? IntroductionState.Accepted : IntroductionState.Lapsed, AskedAt = askedAt, AnsweredAt = isAccepted ? askedAt.AddDays(1) : null,
        };
    }

    private List<NetworkEvent> Events(long authorId) =>
    [
        Event(authorId, 12, ["outdoor"], 30, "Birštonas",
            ("Seminaras „Diena miške“", "Warsztaty „Dzień w lesie”", "Workshop “A day in the forest”"),
            ("Pedagogai iš abiejų pusių parodys, kaip vieną dieną per savaitę ugdyti miške.", "Nauczyciele z obu stron pokażą, jak raz w tygodniu uczyć w lesie.", "Teachers from both sides show how to teach in the forest one day a week.")),
        Event(authorId, 19, ["music", "folklore"], null, "Korycin",
            ("Šeimų iškyla abipus sienos", "Rodzinny piknik transgraniczny", "Cross-border family picnic"),
            ("Dainos, žaidimai ir šokiai lietuviškai ir lenkiškai. Laukiame su šeimomis.", "Piosenki, zabawy i tańce po litewsku i po polsku. Zapraszamy z rodzinami.", "Songs, games and dances in Lithuanian and Polish. Bring your family.")),
        Event(authorId, 26, ["bilingual", "neighbour"], 12, "Puńsk",
            ("Pažintinis vizitas: dvikalbis darželis", "Wizyta studyjna: dwujęzyczne przedszkole", "Study visit: a bilingual preschool"),
            ("Stebėsime rytą dvikalbėje grupėje ir aptarsime, ką pamatėme.", "Zobaczymy poranek w grupie dwujęzycznej i porozmawiamy o nim.", "We watch a morning in a bilingual group and discuss what we saw.")),
    ];

    private NetworkEvent Event(long authorId, int inDays, List<string> topics, int? capacity, string place, (string Lt, string Pl, string En) title, (string Lt, string Pl, string En) description) => new()
    {
        Title = Localized(title), Description = Localized(description), StartsAt = Day(inDays) + EveningHour, EndsAt = Day(inDays) + EveningHour + TimeSpan.FromHours(2),
        Place = place, IsPublic = capacity is null, OrganisersLt = ["Birštono „Vyturėlis“"], OrganisersPl = ["Przedszkole w Korycinie"],
        Topics = topics, Capacity = capacity, AuthorId = authorId, PublishedAt = now.AddDays(-3),
    };

    private List<Call> Calls(long authorId) =>
    [
        Call(authorId, "exchange", 9, ["outdoor"],
            ("Ieškome mainų partnerio pavasariui", "Szukamy partnera do wymiany wiosną", "Looking for an exchange partner in spring"),
            ("Du pedagogai nori savaitę stebėti lauko grupės darbą.", "Dwoje nauczycieli chce przez tydzień obserwować pracę grupy leśnej.", "Two teachers want to watch a forest group at work for a week.")),
        Call(authorId, "partner", 24, ["bilingual", "euproject"],
            ("Partneris paraiškai dėl dvikalbių knygelių", "Partner do wniosku o dwujęzyczne książeczki", "Partner for a bid on bilingual picture books"),
            ("Rengiame paraišką ir ieškome darželio, kuris knygeles išbandytų.", "Przygotowujemy wniosek i szukamy przedszkola, które książeczki wypróbuje.", "We prepare a bid and look for a preschool that tries the books.")),
    ];

    private Call Call(long authorId, string type, int inDays, List<string> topics, (string Lt, string Pl, string En) title, (string Lt, string Pl, string En) description) => new()
    {
        Type = type, Title = Localized(title), Description = Localized(description), Topics = topics,
        LastDay = DateOnly.FromDateTime(Day(inDays).UtcDateTime), ClosesAt = Day(inDays) + TimeSpan.FromHours(22), AuthorId = authorId, PublishedAt = now.AddDays(-2),
    };

    private DateTimeOffset Day(int inDays) => new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(inDays);

    private static LocalizedText Localized((string Lt, string Pl, string En) text) =>
        LocalizedText.From(language => language switch { "lt" => text.Lt, "pl" => text.Pl, _ => text.En });
}
