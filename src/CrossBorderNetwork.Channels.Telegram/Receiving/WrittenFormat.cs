using CrossBorderNetwork.Messaging;
using BotApi = Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace CrossBorderNetwork.Channels.Telegram;

/// <summary>Reads the looks of a written text. Entities may overlap and lie within each other; offsets count UTF-16 units.</summary>
internal static class WrittenFormat
{
    /// <returns>Null where the text has no looks that others can be shown.</returns>
    public static RichText? Read(string text, IReadOnlyList<BotApi.MessageEntity>? entities)
    {
        var looks = (entities ?? []).Where(entity => Style(entity) != RunStyle.Plain || Link(entity) is not null).ToList();
        if (looks.Count == 0) return null;
        var cuts = looks.SelectMany(entity => new[] { entity.Offset, entity.Offset + entity.Length })
            .Concat([0, text.Length]).Where(cut => cut >= 0 && cut <= text.Length).Distinct().Order().ToList();
        return new RichText([.. cuts.Zip(cuts.Skip(1), (start, end) => Run(text, start, end, looks))]);
    }

    private static Run Run(string text, int start, int end, List<BotApi.MessageEntity> looks)
    {
        var over = looks.Where(entity => entity.Offset <= start && entity.Offset + entity.Length >= end).ToList();
        var style = over.Aggregate(RunStyle.Plain, (style, entity) => style | Style(entity));
        return new Run(text[start..end], style, over.Select(Link).FirstOrDefault(link => link is not null));
    }

    private static RunStyle Style(BotApi.MessageEntity entity) => entity.Type switch
    {
        MessageEntityType.Bold => RunStyle.Bold,
        MessageEntityType.Italic => RunStyle.Italic,
        MessageEntityType.Underline => RunStyle.Underline,
        MessageEntityType.Strikethrough => RunStyle.Strike,
        MessageEntityType.Code or MessageEntityType.Pre => RunStyle.Code,
        MessageEntityType.Blockquote or MessageEntityType.ExpandableBlockquote => RunStyle.Quote,
        MessageEntityType.Spoiler => RunStyle.Spoiler,
        _ => RunStyle.Plain,
    };

    /// <summary>The address behind a word; one that is written out says itself where it leads.</summary>
    private static string? Link(BotApi.MessageEntity entity) => entity.Type == MessageEntityType.TextLink ? entity.Url : null;
}
