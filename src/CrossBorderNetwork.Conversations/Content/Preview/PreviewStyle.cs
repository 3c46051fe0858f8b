namespace CrossBorderNetwork.Conversations;

/// <summary>Head and style of the preview page: light, dark and printed.</summary>
internal static class PreviewStyle
{
    public const string Head =
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Dialogs</title>
        <style>
        :root { color-scheme: light dark; --back: light-dark(#f4f6f8, #15191e); --card: light-dark(#fff, #20262d); --text: light-dark(#1a2129, #e4e9ee);
          --soft: light-dark(#5a6672, #9aa7b3); --line: light-dark(#cfd7de, #3a444e); --ask: light-dark(#dcebfb, #1d3a57); --do: light-dark(#fbeccf, #4d3c14);
          --run: light-dark(#e6dff7, #3a2f57); --button: light-dark(#1f5fa8, #8ec1fb); --bad: light-dark(#b3261e, #ff8a80); }
        * { box-sizing: border-box; }
        body { margin: 0; display: grid; grid-template-columns: 15rem minmax(0, 1fr); background: var(--back); color: var(--text); font: 15px/1.45 system-ui, sans-serif; }
        nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1rem; border-right: 1px solid var(--line); }
        nav h1 { font-size: 1.2rem; margin: 0 0 .5rem; } nav ul { list-style: none; margin: 0; padding: 0; } nav a { color: var(--button); }
        main { padding: 1rem 1.5rem; } small { color: var(--soft); font-weight: normal; }
        section { margin-bottom: 3rem; } h2 { border-bottom: 1px solid var(--line); padding-bottom: .3rem; } h2 small { font-size: .8rem; }
        .row { display: grid; grid-template-columns: 9rem repeat(3, minmax(0, 1fr)); gap: .4rem 1rem; padding: .5rem 0; border-bottom: 1px dotted var(--line); break-inside: avoid; }
        .step { overflow-wrap: anywhere; } .step small { display: block; }
        .bubble { background: var(--card); border: 1px solid var(--line); border-radius: .9rem .9rem .9rem .2rem; padding: .45rem .7rem; overflow-wrap: anywhere; }
        .button { display: inline-block; margin: .25rem .3rem 0 0; padding: .1rem .55rem; border: 1px solid var(--button); border-radius: .5rem; color: var(--button); font-size: .85rem; }
        .missing { color: var(--bad); } summary { cursor: pointer; color: var(--soft); }
        .scroll { overflow-x: auto; padding: .5rem 0; } .diagram { display: block; max-width: none; font: 12px system-ui, sans-serif; }
        .edge { fill: none; stroke: var(--soft); stroke-width: 1.3; } .back { stroke-dasharray: 4 3; } .arrow { fill: var(--soft); }
        .node rect { fill: var(--card); stroke: var(--line); } .node text { text-anchor: middle; fill: var(--text); }
        .node.ask rect { fill: var(--ask); } .node.do rect { fill: var(--do); } .node.run rect { fill: var(--run); } .node.outside rect { fill: none; stroke-dasharray: 3 2; }
        .label { text-anchor: middle; fill: var(--text); font-size: 10.5px; paint-order: stroke; stroke: var(--back); stroke-width: 4px; }
        @media (max-width: 60rem) { body { display: block; } nav { position: static; height: auto; border: 0; } .row { grid-template-columns: 1fr; } [data-name]::before { content: attr(data-name); font-size: .75rem; color: var(--soft); } }
        @media print { :root { color-scheme: light; } body { display: block; font-size: 11px; } nav { display: none; } section { break-before: page; } .diagram { max-width: 100%; height: auto; } }
        </style>
        </head>
        <body>
        <svg width="0" height="0" style="position:absolute"><defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="arrow" d="M0 0L8 4L0 8z"/></marker></defs></svg>

        """;
}
