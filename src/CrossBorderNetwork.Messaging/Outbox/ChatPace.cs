using Microsoft.Extensions.Options;

namespace CrossBorderNetwork.Messaging;

/// <summary>
/// How fast one conversation may be written to. Its state is the conversation's <see cref="Conversation.ReadyAt"/>, so that replies
/// and what is claimed, on whatever node, keep one pace.
/// </summary>
public sealed class ChatPace(IEnumerable<ChannelAdapter> adapters, IOptions<DeliveryOptions> options)
{
    private readonly Dictionary<string, ChannelAdapter> _paced = adapters.Where(adapter => adapter.Features.IsPaced).ToDictionary(adapter => adapter.Channel);
    private readonly Rate _person = Rate.Chat(options.Value.ChatMessagesPerSecond, options.Value.ChatBurst);
    private readonly Rate _group = Rate.Group(options.Value.GroupMessagesPerMinute);

    /// <returns>Null: the message falls under none. Edits count in groups only.</returns>
    internal Rate? Of(string channel, string address, Message message)
    {
        if (!_paced.TryGetValue(channel, out var adapter)) return null;
        if (adapter.IsGroup(address)) return _group;
        return message is { Replaces: null, ReplacesMessageId: null, Deletes: null } ? _person : null;
    }

    /// <summary>Takes the next slot of a conversation.</summary>
    /// <returns>When the message may leave.</returns>
    internal DateTimeOffset Reserve(Conversation conversation, Message message, DateTimeOffset now)
    {
        if (Of(conversation.Channel, conversation.Address, message) is not { } rate) return now;
        var leaves = rate.Available(conversation.ReadyAt, now) > 0 ? now : conversation.ReadyAt;
        conversation.ReadyAt = rate.After(conversation.ReadyAt, now);
        return leaves;
    }
}
