namespace CrossBorderNetwork.Channels.Telegram;

/// <summary>Remembers the last keys and what they were first seen with; the oldest is forgotten, so memory stays bounded.</summary>
internal sealed class Recent<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, TValue> _values = [];
    private readonly Queue<TKey> _order = [];

    public bool Has(TKey key)
    {
        lock (_lock) return _values.ContainsKey(key);
    }

    public void Forget(TKey key)
    {
        lock (_lock) _values.Remove(key);
    }

    /// <returns>The value with which the key was seen first: the given one when it is new.</returns>
    public TValue FirstSeen(TKey key, TValue value)
    {
        lock (_lock)
        {
            if (_values.TryGetValue(key, out var first)) return first;
            if (_order.Count == capacity) _values.Remove(_order.Dequeue());
            _order.Enqueue(key);
            _values.Add(key, value);
            return value;
        }
    }
}
