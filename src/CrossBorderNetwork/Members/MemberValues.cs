using System.Text.Json.Nodes;

namespace CrossBorderNetwork.Members;

/// <summary>
/// What texts can say of a member: name, keys of lists (<c>{role, label, roles}</c>), languages with levels. Never the contact,
/// which a partner learns only after both said yes.
/// </summary>
public static class MemberValues
{
    /// <returns>
    /// <c>name</c>, <c>side</c>, <c>municipality</c>, <c>role</c>, <c>organisation</c> (name or empty), <c>languages</c>, <c>topics</c>,
    /// <c>offers</c>, <c>seeks</c>, <c>about</c> (or empty), <c>bridge</c> (<c>yes</c> or <c>no</c>).
    /// </returns>
    public static JsonObject Of(Member member, Organisation? organisation) => new()
    {
        ["name"] = member.Name,
        ["side"] = member.Side,
        ["municipality"] = member.Municipality,
        ["role"] = member.Role,
        ["organisation"] = organisation?.Name ?? "",
        ["languages"] = new JsonObject(member.Languages.Select(language => KeyValuePair.Create(language.Key, (JsonNode?)language.Value))),
        ["topics"] = Keys(member.Topics),
        ["offers"] = Keys(member.Offers),
        ["seeks"] = Keys(member.Seeks),
        ["about"] = member.About ?? "",
        ["bridge"] = member.IsBridge ? "yes" : "no",
    };

    private static JsonArray Keys(IEnumerable<string> keys) => new([.. keys.Select(key => (JsonNode)key)]);
}
