namespace CrossBorderNetwork.Messaging;

/// <summary>The languages in which the network speaks.</summary>
public static class Languages
{
    public static readonly IReadOnlyList<string> All = ["lt", "pl", "en"];

    /// <summary>The language for an IETF tag such as <c>pl-PL</c>; English where we do not speak it.</summary>
    public static string Closest(string? tag) => tag is { Length: >= 2 } && All.FirstOrDefault(l => tag.StartsWith(l, StringComparison.OrdinalIgnoreCase)) is { } known
        ? known
        : "en";
}
