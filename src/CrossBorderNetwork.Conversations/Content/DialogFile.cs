namespace CrossBorderNetwork.Conversations;

/// <summary>A dialog as described in <c>dialogs/&lt;name&gt;/dialog.yaml</c>.</summary>
public sealed record Dialog
{
    public required string Name { get; init; }

    /// <summary>Changes whenever the file changes; people in the middle of an older version are met where they are.</summary>
    public required string Version { get; init; }

    public required string File { get; init; }

    /// <summary>The first step.</summary>
    public required string Start { get; init; }

    public TimeSpan Expires { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Unfinished answers wait while another dialog is held, and are taken up again.</summary>
    public bool Keep { get; init; }

    /// <summary>Runs on top of an open dialog and then returns to it (help, language, privacy).</summary>
    public bool Interrupts { get; init; }

    /// <summary>Commands that start it, without the slash.</summary>
    public IReadOnlyList<string> Commands { get; init; } = [];

    /// <summary>The commands of <see cref="Commands"/> shown in the channel's menu, to <c>everyone</c>, <c>members</c> or <c>coordinators</c>.</summary>
    public string? Menu { get; init; }

    /// <summary>An action that runs at each entrance and decides by its outcome who may enter (target <c>enter</c>).</summary>
    public ActionStep? Guard { get; init; }

    /// <summary>Deep links: the part of the payload before the dash, and the step it leads to.</summary>
    public IReadOnlyDictionary<string, string> Links { get; init; } = new Dictionary<string, string>();

    /// <summary>Where a button of a message leads: entry name and step.</summary>
    public IReadOnlyDictionary<string, string> Entries { get; init; } = new Dictionary<string, string>();

    /// <summary>Proactive messages: name and rows of buttons, each named after an entry.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyList<string>>> Messages { get; init; } =
        new Dictionary<string, IReadOnlyList<IReadOnlyList<string>>>();

    public required IReadOnlyDictionary<string, Step> Steps { get; init; }

    /// <summary>Texts, or groups of texts, that the program says on its own account: digests, jobs, actions.</summary>
    public IReadOnlyList<string> AlsoSays { get; init; } = [];

    /// <summary>The example conversations, as paths of files.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>Where things stand in the file: line by name, such as <c>commands</c> or <c>entries.accept</c>.</summary>
    public IReadOnlyDictionary<string, long> Lines { get; init; } = new Dictionary<string, long>();
}

/// <summary>A step of a dialog. <paramref name="Name"/> is what states refer to, so a renamed step is another step.</summary>
public abstract record Step(string Name, long Line);

/// <summary>Says something and goes on.</summary>
public sealed record SayStep(string Name, long Line, Route Next) : Step(Name, Line);

/// <summary>Does something in the network; its named outcomes are routed.</summary>
public sealed record ActionStep(string Name, long Line, string Action, IReadOnlyDictionary<string, string> With, IReadOnlyDictionary<string, string> Outcomes) : Step(Name, Line);

/// <summary>Holds another dialog and comes back.</summary>
public sealed record RunStep(string Name, long Line, string Dialog, Route Next) : Step(Name, Line);

/// <summary>Asks, and waits for a valid answer.</summary>
public sealed record AskStep(string Name, long Line, string Prompt, string Saves, Route Next) : Step(Name, Line)
{
    /// <summary>Options written in the file.</summary>
    public IReadOnlyList<AskOption> Options { get; init; } = [];

    /// <summary>Name of the controlled list that gives the options.</summary>
    public string? List { get; init; }

    /// <summary>Name of the list whose entries are the levels of a rating.</summary>
    public string? Scale { get; init; }

    /// <summary>Name of the answer in which an action left the options.</summary>
    public string? From { get; init; }

    /// <summary>Name of the action that looks up what was typed.</summary>
    public string? Lookup { get; init; }

    /// <summary>Only entries whose attribute equals this answer: attribute and answer.</summary>
    public IReadOnlyDictionary<string, string> Where { get; init; } = new Dictionary<string, string>();

    public int? Min { get; init; }

    public int? Max { get; init; }

    public int? Columns { get; init; }

    /// <summary>May be skipped.</summary>
    public bool Optional { get; init; }

    /// <summary>What was typed may be taken as it is where nothing is found.</summary>
    public bool Addable { get; init; }

    /// <summary>Named check of a text: <c>contact</c>, <c>url</c>.</summary>
    public string? Format { get; init; }

    /// <summary>A day that has come already, today at the latest; otherwise one to come.</summary>
    public bool Past { get; init; }

    /// <summary>Nothing before this step can be gone back to.</summary>
    public bool NoBack { get; init; }
}

/// <summary>One option of a question. <paramref name="Target"/> null: as the question itself says.</summary>
public sealed record AskOption(string Key, string? Target, long Line);

/// <summary>Where to go next: the first branch whose conditions hold.</summary>
public sealed record Route(IReadOnlyList<Branch> Branches)
{
    public static Route To(string target, long line) => new([new Branch(new Dictionary<string, IReadOnlyList<string>>(), target, line)]);
}

/// <summary>Holds when each named answer is one of the values (<c>none</c>: not given).</summary>
public sealed record Branch(IReadOnlyDictionary<string, IReadOnlyList<string>> When, string Target, long Line);
