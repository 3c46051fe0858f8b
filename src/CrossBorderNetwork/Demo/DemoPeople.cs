using CrossBorderNetwork.Conversations;

namespace CrossBorderNetwork.Demo;

/// <summary>Invents people and organisations as one meets them on both sides of the border. Nobody of them exists.</summary>
internal sealed class DemoPeople(DialogContent content, Random random)
{
    private static readonly string[] WomenLt = ["Ona", "Rasa", "Jurgita", "Daiva", "Vilma", "Aušra", "Eglė", "Ieva", "Kristina", "Lina", "Rūta", "Sigita", "Giedrė", "Asta", "Neringa", "Živilė"];
    private static readonly string[] MenLt = ["Jonas", "Tomas", "Mindaugas", "Darius", "Paulius", "Andrius", "Vytautas", "Saulius"];
    private static readonly string[] WomenSurnamesLt = ["Kazlauskienė", "Petrauskaitė", "Jankauskienė", "Stankevičiūtė", "Balčiūnienė", "Urbonaitė", "Navickienė", "Žukauskaitė", "Butkutė", "Paulauskienė", "Rimkutė", "Šimkienė"];
    private static readonly string[] MenSurnamesLt = ["Kazlauskas", "Petrauskas", "Jankauskas", "Balčiūnas", "Urbonas", "Navickas", "Butkus", "Rimkus"];
    private static readonly string[] WomenPl = ["Anna", "Katarzyna", "Małgorzata", "Agnieszka", "Barbara", "Ewa", "Joanna", "Magdalena", "Monika", "Beata", "Dorota", "Iwona", "Justyna", "Elżbieta", "Renata", "Zofia"];
    private static readonly string[] MenPl = ["Piotr", "Marek", "Tomasz", "Paweł", "Krzysztof", "Andrzej", "Michał", "Łukasz"];
    private static readonly string[] SurnamesPl = ["Nowak", "Wójcik", "Kowalczyk", "Woźniak", "Mazur", "Wasilewicz", "Sawko", "Truchan", "Dąbek", "Borys", "Zdanowicz", "Rutkiewicz"];
    private static readonly string[] PreschoolsLt = ["Vyturėlis", "Saulutė", "Žilvitis", "Nykštukas", "Pušelė", "Ąžuoliukas", "Bitutė", "Drugelis", "Pasaka", "Rasa"];
    private static readonly string[] PreschoolsPl = ["Słoneczko", "Bajka", "Skowronek", "Leśna Polana", "Pod Lipą", "Tęcza", "Krasnoludek", "Niezapominajka", "Jarzębinka", "Promyk"];
    private static readonly string[] AboutLt = ["Kartą per savaitę ugdome miške.", "Turime patirties su dvikalbiais vaikais.", "Ieškome partnerių mainams pavasarį.", "Kuriame jutiminį sodą.", "Norėtume bendro muzikos projekto."];
    private static readonly string[] AboutPl = ["Raz w tygodniu uczymy w lesie.", "Mamy doświadczenie z dziećmi dwujęzycznymi.", "Szukamy partnerów do wymiany wiosną.", "Tworzymy ogród sensoryczny.", "Chcielibyśmy wspólnego projektu muzycznego."];
    private static readonly (string Key, double Share)[] Roles = [("teacher", .50), ("head", .14), ("official", .08), ("ngo", .10), ("parent", .13), ("researcher", .05)];

    /// <summary>A full name, with the surname's ending as the person's gender asks in Lithuanian.</summary>
    public string Name(string side)
    {
        var isWoman = random.NextDouble() < .85;
        if (side == "PL") return Pick(isWoman ? WomenPl : MenPl) + " " + Pick(SurnamesPl);
        return isWoman ? Pick(WomenLt) + " " + Pick(WomenSurnamesLt) : Pick(MenLt) + " " + Pick(MenSurnamesLt);
    }

    public string Role()
    {
        var roll = random.NextDouble();
        foreach (var (key, share) in Roles)
        {
            if ((roll -= share) < 0) return key;
        }
        return "teacher";
    }

    public string Municipality(string side)
    {
        var all = content.Lists["municipalities"].Items.Where(item => item.Attributes["side"] == side).ToList();
        return all[random.Next(all.Count)].Key;
    }

    /// <summary>The name of the kind of organisation where somebody in this role works, or null. Cards name the place beside it.</summary>
    public string? Organisation(string role, string side)
    {
        var isLt = side == "LT";
        return role switch
        {
            "teacher" or "head" => isLt ? $"Lopšelis-darželis „{Pick(PreschoolsLt)}“" : $"Przedszkole „{Pick(PreschoolsPl)}”",
            "official" => isLt ? "Švietimo skyrius" : "Referat oświaty",
            "ngo" => isLt ? "Bendruomenė „Kaimynai“" : "Stowarzyszenie „Razem”",
            "researcher" => isLt ? "Ankstyvojo ugdymo tyrimų grupė" : "Zespół badań nad wczesną edukacją",
            _ => null,
        };
    }

    /// <summary>Languages and levels with the shares that the censuses of both countries suggest.</summary>
    public Dictionary<string, string> Languages(string side)
    {
        var languages = new Dictionary<string, string> { [side == "LT" ? "lt" : "pl"] = "works" };
        Add("en", side == "LT" ? .45 : .42);
        Add("ru", side == "LT" ? .60 : .16);
        Add(side == "LT" ? "pl" : "lt", side == "LT" ? .15 : .06);
        Add("de", .08);
        return languages;

        void Add(string language, double share)
        {
            if (random.NextDouble() < share) languages[language] = Pick(["understands", "converses", "converses", "works"]);
        }
    }

    /// <summary>Some keys of a list; the first ones of the list are the most popular.</summary>
    public List<string> Some(string list, int atLeast, int atMost)
    {
        var items = content.Lists[list].Items;
        var count = random.Next(atLeast, atMost + 1);
        var keys = new List<string>();
        while (keys.Count < count)
        {
            var key = items[(int)(items.Count * Math.Pow(random.NextDouble(), 1.4))].Key;
            if (!keys.Contains(key)) keys.Add(key);
        }
        return keys;
    }

    public string? About(string side) => random.NextDouble() < .5 ? Pick(side == "LT" ? AboutLt : AboutPl) : null;

    public bool Chance(double share) => random.NextDouble() < share;

    public int Between(int from, int to) => random.Next(from, to + 1);

    private string Pick(string[] words) => words[random.Next(words.Length)];
}
