using CrossBorderNetwork.Data;
using CrossBorderNetwork.Digests;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CrossBorderNetwork.Tests.Digests;

/// <summary>A network whose only digest section says what the test gives it.</summary>
internal static class DigestNetwork
{
    /// <summary>Tuesday noon, so that the digests of the week are over.</summary>
    public static readonly DateTimeOffset Tuesday = new(2026, 10, 6, 9, 0, 0, TimeSpan.Zero);

    /// <summary>The Monday after it, 08:00 in Vilnius.</summary>
    public static readonly DateTimeOffset Monday = new(2026, 10, 12, 5, 0, 0, TimeSpan.Zero);

    public static Task<TestNetwork> StartAsync(params IDigestSection[] sections) => TestNetwork.StartAsync(new TestNetworkOptions
    {
        Now = Tuesday,
        Settings = new Dictionary<string, string?> { ["Network:CoFundingLine:lt"] = "Bendrai finansuoja Europos Sąjunga" },
        Services = services =>
        {
            services.RemoveAll<IDigestSection>();
            foreach (var section in sections) services.AddSingleton(section);
        },
    });

    public static DigestItem Item(string title, double fit = 0.5, DateTimeOffset? deadline = null, params string[] buttons) =>
        new(fit, deadline, new RichText([new Run(title, RunStyle.Bold)]), [.. buttons.Select(label => new Button(label, ">none/none/1"))]);

    public static async Task<IReadOnlyList<DigestSent>> SentAsync(this TestNetwork network)
    {
        await using var db = network.Read();
        return [.. db.DigestsSent.OrderBy(sent => sent.At)];
    }
}

/// <summary>Says the same to every reader, or fails.</summary>
internal sealed class FixedSection(string name, Func<DigestReader, IReadOnlyList<DigestItem>> items) : IDigestSection
{
    public FixedSection(params DigestItem[] items)
        : this("fixed", _ => items)
    {
    }

    public string Name => name;

    public Task<IReadOnlyList<DigestItem>> ForAsync(DigestReader reader, NetworkDb db, CancellationToken ct) => Task.FromResult(items(reader));
}
