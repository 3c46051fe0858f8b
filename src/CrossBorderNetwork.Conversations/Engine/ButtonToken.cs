using System.Globalization;
using System.Text;

namespace CrossBorderNetwork.Conversations;

/// <summary>
/// What a button carries, at most 64 bytes. A step's token names frame, revision and choice; an entry token names a dialog, an
/// entry and what it is about. Neither grants a right: anybody can send any token.
/// </summary>
internal abstract record ButtonToken
{
    public const int MaxBytes = 64;

    public sealed record OfStep(int Frame, int Revision, string Choice) : ButtonToken;

    public sealed record OfEntry(string Dialog, string EntryName, string Id) : ButtonToken;

    /// <exception cref="ArgumentException">The choice makes the token too long for a channel.</exception>
    public static string Step(Frame frame, string choice) =>
        Fitting(string.Create(CultureInfo.InvariantCulture, $"{frame.Id:x}.{frame.Revision:x}.{choice}"));

    /// <exception cref="ArgumentException">The names and the id make the token too long for a channel.</exception>
    public static string Entry(string dialog, string entry, string id) => Fitting($">{dialog}/{entry}/{id}");

    /// <summary>Null where the token is none of ours.</summary>
    public static ButtonToken? Parse(string token)
    {
        if (token.Length > MaxBytes) return null;
        if (token.StartsWith('>'))
        {
            var parts = token[1..].Split('/', 3);
            return parts.Length == 3 ? new OfEntry(parts[0], parts[1], parts[2]) : null;
        }
        var fields = token.Split('.', 3);
        return fields.Length == 3
            && int.TryParse(fields[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var frame)
            && int.TryParse(fields[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var revision)
            ? new OfStep(frame, revision, fields[2])
            : null;
    }

    private static string Fitting(string token) => Encoding.UTF8.GetByteCount(token) <= MaxBytes
        ? token
        : throw new ArgumentException($"A button's token of {Encoding.UTF8.GetByteCount(token)} bytes is longer than {MaxBytes}: shorten the key of the option.", nameof(token));
}
