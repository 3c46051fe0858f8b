using System.Globalization;
using CrossBorderNetwork.Matching;
using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Server.Commands;

/// <summary>A pair's score as a small table for whoever sets the weights.</summary>
internal static class ExplainedPair
{
    /// <summary>Two members of the network as it stands in the database.</summary>
    public static async Task<int> OfMembersAsync(long one, long other, TextWriter output, CancellationToken ct)
    {
        var here = Surroundings.Read();
        if (ConfigurationCheck.Faults(here.Configuration) is { Count: > 0 } faults) return CommandLine.Refuse(string.Join(Environment.NewLine, faults));
        if (here.DatabaseFile is { } file && !File.Exists(file)) return CommandLine.Refuse($"There is no database at {Surroundings.Short(file)} yet. Check Database:ConnectionString.");
        await using var network = here.BuildNetwork();
        var pool = network.GetRequiredService<PartnerPool>();
        if (await pool.AssessAsync(one, other, ct) is not { } assessment) return CommandLine.Refuse($"One of {one} and {other} is not the id of a member.");
        Write(assessment, one, other, output);
        return 0;
    }

    public static void Write(Assessment assessment, long one, long other, TextWriter output)
    {
        output.WriteLine(Text($"score: {assessment.Value:0.000000}"));
        if (!assessment.Feasible)
        {
            output.WriteLine($"not to be introduced: {Name(assessment.Obstacle)}");
            return;
        }
        var talk = assessment.Conversation!.Value;
        output.WriteLine(talk.ViaBridge ? "conversation: through a third person" : $"conversation: {talk.Language} at {talk.Level}");
        foreach (var viewpoint in new[] { assessment.For(one), assessment.For(other) })
        {
            output.WriteLine(Text($"what {viewpoint.Id} gains: {viewpoint.Utility:0.000000}"));
            foreach (var term in viewpoint.Terms)
                output.WriteLine(Text($"  {term.Name,-10} {term.Value:0.000000} x {term.Weight:0.00} = {term.Value * term.Weight:0.000000}"));
            output.WriteLine(Text($"  {"of which",-10} {viewpoint.Quality:0.000000} for the other's ratings, activity and earlier introductions"));
            foreach (var reason in viewpoint.Reasons) output.WriteLine(Text($"  reason     {Name(reason)} ({reason.Strength:0.000000})"));
        }
    }

    private static string Name(Obstacle obstacle) => obstacle switch
    {
        Obstacle.SameSide => "both are on one side of the border",
        Obstacle.NotAvailable => "one of the two is not available",
        _ => "they share no language, and no third person can help",
    };

    private static string Name(Reason reason) => reason switch
    {
        SharedTopics shared => $"both chose {string.Join(", ", shared.Topics)}",
        TheyKnowYouSeek known => $"the other offers {string.Join(", ", known.Topics)}, which is sought",
        YouKnowTheySeek known => $"the other seeks {string.Join(", ", known.Topics)}, which is offered",
        TheyOfferYouSeek forms => $"the other is open to {string.Join(", ", forms.Forms)}, which is sought",
        YouOfferTheySeek forms => $"the other seeks {string.Join(", ", forms.Forms)}, which is offered",
        SharedLanguage shared => $"both speak {shared.Language}, at {shared.Level} or better",
        Near near => $"{near.Km} km apart",
        BothAre both => $"both are {both.Role}",
        _ => reason.GetType().Name,
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
