using System.Text;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.TestKit;

/// <summary>A message as a person sees it now.</summary>
public sealed record SeenMessage(string Id, string Text, IReadOnlyList<IReadOnlyList<Button>> Rows, string? FileName, int ChangedAt)
{
    public IEnumerable<Button> Buttons => Rows.SelectMany(row => row);

    public override string ToString()
    {
        var lines = new StringBuilder(Text);
        if (FileName is not null) lines.Append("\n(").Append(FileName).Append(')');
        foreach (var row in Rows) lines.Append('\n').AppendJoin(' ', row.Select(button => $"[{button.Label}]"));
        return lines.ToString();
    }
}

/// <summary>One person's screen: the messages as they look now, and everything that was ever shown or done.</summary>
public sealed class Phone
{
    private readonly Lock _lock = new();
    private readonly List<SeenMessage> _messages = [];
    private readonly List<string> _transcript = [];
    private int _tick;
    private int _actedAt;

    public IReadOnlyList<SeenMessage> Messages
    {
        get
        {
            lock (_lock) return [.. _messages];
        }
    }

    /// <summary>What came or changed since the person last did something.</summary>
    public IReadOnlyList<SeenMessage> News
    {
        get
        {
            lock (_lock) return [.. _messages.Where(message => message.ChangedAt > _actedAt)];
        }
    }

    public string Transcript
    {
        get
        {
            lock (_lock) return string.Join('\n', _transcript);
        }
    }

    internal void Act(string what)
    {
        lock (_lock)
        {
            _actedAt = ++_tick;
            _transcript.Add(what);
        }
    }

    internal void TakeAway(string id)
    {
        lock (_lock)
        {
            _messages.RemoveAll(message => message.Id == id);
            _transcript.Add($"(message {id} was taken away)");
        }
    }

    internal string? Show(string id, Envelope envelope, bool canEdit)
    {
        var said = envelope.Message;
        lock (_lock)
        {
            var known = _messages.FindIndex(message => message.Id == id);
            if (said.OnlyRemovesButtons)
            {
                if (canEdit && known >= 0) _messages[known] = _messages[known] with { Rows = [] };
                return canEdit ? id : null;
            }
            // Where nothing can be edited, what changed is said briefly instead of repeating the question.
            var text = (canEdit ? said.Text : said.Brief ?? said.Text).ToString();
            var seen = new SeenMessage(id, text, said.Buttons, said.File?.Name ?? said.Media?.Name, ++_tick);
            if (known >= 0) _messages[known] = seen;
            else _messages.Add(seen);
            _transcript.Add((known >= 0 ? "~ " : "< ") + seen.ToString().Replace("\n", "\n  ", StringComparison.Ordinal));
            return id;
        }
    }
}
