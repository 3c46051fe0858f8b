using CrossBorderNetwork.Conversations;
using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork.TestKit;

/// <summary>How a test network differs from a real one.</summary>
public sealed record TestNetworkOptions
{
    /// <summary>The dialogs to hold; null: those of the repository. Where it has no <c>common</c> or <c>lists</c>, the repository's are used.</summary>
    public string? DialogsFolder { get; init; }

    /// <summary>False for a channel such as the web chat, where each message is new and stays.</summary>
    public bool CanEdit { get; init; } = true;

    public int TextLimit { get; init; } = 4096;

    /// <summary>The clock at the start: a Monday morning.</summary>
    public DateTimeOffset Now { get; init; } = new(2026, 10, 5, 6, 0, 0, TimeSpan.Zero);

    /// <summary>Settings such as <c>Network:Coordinators:0:Country</c>.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Actions beside those of the slices.</summary>
    public IReadOnlyList<IDialogAction> Actions { get; init; } = [];

    /// <summary>The last word on what the host is made of.</summary>
    public Action<IServiceCollection>? Services { get; init; }
}
