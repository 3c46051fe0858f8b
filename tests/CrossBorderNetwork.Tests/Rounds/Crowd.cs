using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork.Tests.Rounds;

/// <summary>Members who live as people do: most answer, some say no, some say nothing, some rest, leave and join. The same each time.</summary>
internal sealed class Crowd(TestNetwork network, int seed)
{
    private const int AtOnce = 250;

    private static readonly string[] Topics = ["outdoor", "music", "reading", "steam", "folklore", "sport", "arts", "parents", "bilingual", "ecology", "theatre", "play"];
    private static readonly string[] Forms = ["visit", "project", "training", "online"];

    private readonly Random random = new(seed);
    private readonly Dictionary<string, ScriptedMember> members = [];
    private int read;
    private int joined;

    /// <summary>Those who never answer a round.</summary>
    private readonly HashSet<string> silent = [];

    public IReadOnlyCollection<ScriptedMember> Members => members.Values;

    public int Silent => silent.Count;

    public async Task JoinAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var side = random.NextDouble() < .47 ? "LT" : "PL";
            var member = await network.MemberAsync(
                $"Member {++joined}", side, languages: Languages(side), topics: Some(Topics, 3), offers: Some(Forms, 2), seeks: Some(Forms, 2),
                wantsDigest: false, wantsAnnouncements: false, isBridge: random.NextDouble() < .02,
                adjust: one => one.RoundCapacity = random.NextDouble() < .9 ? 1 : 2);
            members[member.Address] = member;
            if (random.NextDouble() < .06) silent.Add(member.Address);
        }
    }

    /// <summary>Some leave for good, by the dialog.</summary>
    public async Task LeaveAsync(int count)
    {
        foreach (var member in random.GetItems(members.Values.ToArray(), count).Distinct())
        {
            await member.Types("/forget");
            await PressesAsync(member, "Tęsti", "Dalej");
            await PressesAsync(member, "Viską ištrinti dabar", "Usuń wszystko teraz");
            members.Remove(member.Address);
            silent.Remove(member.Address);
        }
    }

    /// <summary>Some want no rounds until a day.</summary>
    public async Task RestAsync(int count, string day)
    {
        foreach (var member in random.GetItems(members.Values.ToArray(), count).Distinct())
        {
            await member.Types("/monthly");
            await PressesAsync(member, "Atokvėpis", "Odpoczynek");
            await PressesAsync(member, "Pasirinkti dieną", "Wybierz dzień");
            await member.Types(day);
        }
    }

    /// <summary>Everybody reads what came since the last time and answers, or does not.</summary>
    public async Task AnswerAsync()
    {
        var sent = network.Channel.Sent.ToArray();
        var presses = new List<Activity>();
        foreach (var envelope in sent.AsSpan(read))
        {
            if (!members.TryGetValue(envelope.Address, out var member) || silent.Contains(envelope.Address)) continue;
            if (Answer([.. envelope.Message.Buttons.SelectMany(row => row).Select(button => button.Token ?? "")]) is { } token)
                presses.Add(member.Activity(ActivityKind.Press) with { Token = token });
        }
        read = sent.Length;
        foreach (var batch in presses.Chunk(AtOnce))
        {
            await network.AcceptAsync(batch);
            await network.SettleAsync();
        }
    }

    private static Task PressesAsync(ScriptedMember member, string lithuanian, string polish) => member.Presses(member.Buttons.Contains(lithuanian) ? lithuanian : polish);

    private string? Answer(List<string> tokens)
    {
        var roll = random.NextDouble();
        if (tokens.Find(token => token.Contains("/translator-", StringComparison.Ordinal)) is not null)
            return roll < .7 ? tokens.Find(token => token.Contains("/translator-yes/", StringComparison.Ordinal)) : null;
        var entry = roll switch { < .62 => "accept", < .76 => "decline", < .80 => "later", _ => null };
        return entry is null ? null : tokens.Find(token => token.StartsWith($">introductions/{entry}/", StringComparison.Ordinal));
    }

    private Dictionary<string, string> Languages(string side)
    {
        var spoken = new Dictionary<string, string> { [side == "LT" ? "lt" : "pl"] = "works" };
        if (random.NextDouble() < .65) spoken["en"] = "converses";
        if (random.NextDouble() < (side == "LT" ? .5 : .3)) spoken["ru"] = "converses";
        if (random.NextDouble() < (side == "LT" ? .2 : .06)) spoken[side == "LT" ? "pl" : "lt"] = "converses";
        return spoken;
    }

    private List<string> Some(string[] keys, int count) => [.. random.GetItems(keys, count).Distinct()];
}
