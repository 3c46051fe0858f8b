namespace CrossBorderNetwork.Conversations;

/// <summary>A box of a diagram, or a waypoint where a long arrow passes a layer.</summary>
internal sealed class DiagramNode(string label, string kind)
{
    public const int Height = 30;
    public const int LayerStep = 74;

    private const int Gap = 22;
    private const int Waypoint = 14;

    public string Label => label;

    public string Kind => kind;

    public bool IsWaypoint => kind == "waypoint";

    public int Layer { get; set; }

    public double X { get; set; }

    public double Y => (Layer * LayerStep) + 20;

    public double Width => IsWaypoint ? Waypoint : (label.Length * 7.2) + 26;

    public double Room => Width + Gap;
}

/// <summary>An arrow between two boxes, with what makes a conversation take it.</summary>
internal sealed record DiagramEdge(DiagramNode From, DiagramNode To, string Label)
{
    /// <summary>The boxes and waypoints that it passes, from top to bottom.</summary>
    public List<DiagramNode> Path { get; } = [];

    /// <summary>Leads back up, to an earlier step.</summary>
    public bool IsBack { get; set; }
}

/// <summary>
/// Lays out a directed graph in layers (Sugiyama's method, reduced): circles are opened, layers given by the longest way, long
/// arrows get waypoints, and each layer is sorted by where its neighbours stand. Enough for some dozens of boxes.
/// </summary>
internal sealed class Diagram
{
    private const int Sweeps = 8;

    private readonly List<DiagramNode> _nodes;
    private readonly List<DiagramEdge> _edges;
    private List<List<DiagramNode>> _layers = [];

    public Diagram(IEnumerable<DiagramNode> nodes, IEnumerable<DiagramEdge> edges)
    {
        _nodes = [.. nodes];
        _edges = [.. edges];
        OpenCircles();
        AssignLayers();
        AddWaypoints();
        Sort();
        Place();
    }

    public IReadOnlyList<DiagramNode> Nodes => _nodes;

    public IReadOnlyList<DiagramEdge> Edges => _edges;

    public double Width => _layers.Count == 0 ? 0 : _layers.Max(layer => layer.Sum(node => node.Room)) + 20;

    public double Height => (_layers.Count * DiagramNode.LayerStep) + 10;

    private static DiagramNode Upper(DiagramEdge edge) => edge.IsBack ? edge.To : edge.From;

    private static DiagramNode Lower(DiagramEdge edge) => edge.IsBack ? edge.From : edge.To;

    private void OpenCircles()
    {
        var done = new HashSet<DiagramNode>();
        foreach (var node in _nodes) Visit(node, [], done);
    }

    private void Visit(DiagramNode node, HashSet<DiagramNode> path, HashSet<DiagramNode> done)
    {
        if (!done.Add(node)) return;
        path.Add(node);
        foreach (var edge in _edges.Where(edge => edge.From == node))
        {
            edge.IsBack = path.Contains(edge.To);
            if (!edge.IsBack) Visit(edge.To, path, done);
        }
        path.Remove(node);
    }

    private void AssignLayers()
    {
        // As many rounds as there are boxes suffice, for without circles no way is longer.
        for (var round = 0; round < _nodes.Count; round++)
        {
            foreach (var edge in _edges.Where(edge => edge.From != edge.To)) Lower(edge).Layer = Math.Max(Lower(edge).Layer, Upper(edge).Layer + 1);
        }
    }

    private void AddWaypoints()
    {
        foreach (var edge in _edges)
        {
            var (upper, lower) = (Upper(edge), Lower(edge));
            edge.Path.Add(upper);
            for (var layer = upper.Layer + 1; layer < lower.Layer; layer++)
            {
                var waypoint = new DiagramNode("", "waypoint") { Layer = layer };
                _nodes.Add(waypoint);
                edge.Path.Add(waypoint);
            }
            if (lower != upper) edge.Path.Add(lower);
        }
        _layers = [.. _nodes.GroupBy(node => node.Layer).OrderBy(layer => layer.Key).Select(layer => layer.ToList())];
    }

    private void Sort()
    {
        var links = _edges.SelectMany(edge => edge.Path.Zip(edge.Path.Skip(1))).ToList();
        var above = links.ToLookup(link => link.Second, link => link.First);
        var below = links.ToLookup(link => link.First, link => link.Second);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var isDown = sweep % 2 == 0;
            var order = isDown ? _layers.Skip(1) : _layers.AsEnumerable().Reverse().Skip(1);
            foreach (var layer in order)
            {
                var place = _layers.SelectMany(nodes => nodes.Select((node, i) => (node, At: (i + 0.5) / nodes.Count))).ToDictionary(pair => pair.node, pair => pair.At);
                var sorted = layer.OrderBy(node => (isDown ? above : below)[node].Select(neighbour => place[neighbour]).DefaultIfEmpty(place[node]).Average()).ToList();
                layer.Clear();
                layer.AddRange(sorted);
            }
        }
    }

    private void Place()
    {
        foreach (var layer in _layers)
        {
            var x = (Width - layer.Sum(node => node.Room)) / 2;
            foreach (var node in layer)
            {
                node.X = x + (node.Room / 2);
                x += node.Room;
            }
        }
    }
}
