using System.Globalization;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrossBorderNetwork.Digests;

/// <summary>
/// Makes one member's digest of what all sections offer: few items, what is urgent first. It only reads; a week without an item
/// has no digest.
/// </summary>
public sealed partial class ComposeDigest(
    IEnumerable<IDigestSection> sections, DialogContent content, IOptionsMonitor<NetworkOptions> options, ILogger<ComposeDigest> log)
{
    /// <summary>More than this is not read.</summary>
    public const int MostItems = 7;

    private const int MostButtons = 2;
    private const int TextLimit = 4096;

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private readonly IReadOnlyList<IDigestSection> _sections = [.. sections.OrderBy(section => section.Name, StringComparer.Ordinal)];

    /// <param name="reader">Whom it is for, and from when.</param>
    /// <param name="db">For reading.</param>
    /// <param name="intro">What stands above the heading, if anything.</param>
    /// <param name="ct">Cancels the look-ups.</param>
    /// <returns>The messages in order, the buttons on the last; none when there is nothing to tell.</returns>
    public async Task<IReadOnlyList<Message>> ForAsync(DigestReader reader, NetworkDb db, RichText intro, CancellationToken ct)
    {
        var items = Pick(await ItemsAsync(reader, db, ct), reader.From);
        if (items.Count == 0) return [];
        var heading = content.Text("digest", "heading", reader.Language, new() { ["from"] = reader.From.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), ["zone"] = reader.Member.Zone });
        var text = RichText.Paragraphs(
        [
            intro,
            heading,
            .. items.Select((item, i) => new RichText([new Run(Number(i) + ". ", RunStyle.Bold), .. item.Text.Runs])),
            content.Text("digest", "footer", reader.Language, []),
            RichText.Plain(options.CurrentValue.CoFundingLine.GetValueOrDefault(reader.Language, "")),
        ]);
        var rows = items.Select((item, i) => item.Buttons.Take(MostButtons).Select(button => button with { Label = $"{Number(i)} · {button.Label}" }).ToList())
            .Where(row => row.Count > 0)
            .Append([MessageKinds.Button(content, reader.Language)]);
        var pieces = text.Split(TextLimit);
        return [.. pieces.SkipLast(1).Select(piece => new Message { Text = piece }), new Message { Text = pieces[^1], Buttons = [.. rows] }];
    }

    private async Task<List<DigestItem>> ItemsAsync(DigestReader reader, NetworkDb db, CancellationToken ct)
    {
        var items = new List<DigestItem>();
        foreach (var section in _sections)
        {
            try
            {
                items.AddRange(await section.ForAsync(reader, db, ct));
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // What one section cannot say must not silence the others.
                LogFault(section.Name, reader.Member.Id, Faults.Describe(fault));
            }
        }
        return items;
    }

    /// <summary>The deadlines of the coming week by date, then what fits best; what is over by then is left out.</summary>
    private static List<DigestItem> Pick(List<DigestItem> items, DateTimeOffset from)
    {
        var isUrgent = items.Where(item => item.Deadline is null || item.Deadline > from).ToLookup(item => item.Deadline <= from + Week);
        return [.. isUrgent[true].OrderBy(item => item.Deadline).ThenByDescending(item => item.Fit)
            .Concat(isUrgent[false].OrderByDescending(item => item.Fit)).Take(MostItems)];
    }

    private static string Number(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);

    [LoggerMessage(LogLevel.Error, "The digest section {Section} failed for member {MemberId} and was left out: {Fault}")]
    private partial void LogFault(string section, long memberId, string fault);
}
