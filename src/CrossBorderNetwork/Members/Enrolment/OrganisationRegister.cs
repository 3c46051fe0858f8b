using System.Globalization;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Members;

/// <summary>The organisations of the network: found by the beginning of a name, added when they are new, never twice in one place.</summary>
public static class OrganisationRegister
{
    private const int Scanned = 5000;

    /// <summary>Organisations of a side whose name fits what was typed, those of the municipality first.</summary>
    public static async Task<IReadOnlyList<Organisation>> FindAsync(NetworkDb db, string typed, string side, string municipality, int count, CancellationToken ct)
    {
        var query = Folding.Fold(typed);
        if (query.Length == 0) return [];
        var ofSide = db.Organisations.AsNoTracking().Where(o => o.Side == side);
        var found = await ofSide.Where(o => o.FoldedName.Contains(query)).OrderBy(o => o.FoldedName.Length).Take(count * 4).ToListAsync(ct);
        // A typing slip is worth reading the whole side for: it keeps one kindergarten from being entered twice.
        if (found.Count == 0) found = await ofSide.OrderBy(o => o.Id).Take(Scanned).ToListAsync(ct);
        return [.. found
            .Select(organisation => (Organisation: organisation, Misfit: Folding.Misfit(query, organisation.FoldedName)))
            .Where(entry => entry.Misfit is not null)
            .OrderBy(entry => entry.Organisation.Municipality == municipality ? 0 : 1)
            .ThenBy(entry => entry.Misfit)
            .ThenBy(entry => entry.Organisation.Name, StringComparer.Ordinal)
            .Select(entry => entry.Organisation)
            .Take(count)];
    }

    /// <param name="db">Where to look, and to add.</param>
    /// <param name="answer">Id in the register, or a plus and the name of one to be added; empty for none.</param>
    /// <param name="side">Side of whoever belongs to it.</param>
    /// <param name="municipality">Where a new one is.</param>
    /// <param name="ct">Cancels the look-ups.</param>
    /// <returns>The id, or null for none.</returns>
    public static async Task<long?> ResolveAsync(NetworkDb db, string answer, string side, string municipality, CancellationToken ct)
    {
        if (!answer.StartsWith('+'))
        {
            return long.TryParse(answer, CultureInfo.InvariantCulture, out var id) && await db.Organisations.AnyAsync(o => o.Id == id, ct) ? id : null;
        }
        var name = answer[1..];
        var folded = Folding.Fold(name);
        var known = await db.Organisations.FirstOrDefaultAsync(o => o.Side == side && o.Municipality == municipality && o.FoldedName == folded, ct);
        if (known is not null) return known.Id;
        var added = new Organisation { Name = name, FoldedName = folded, Side = side, Municipality = municipality };
        db.Organisations.Add(added);
        await db.SaveChangesAsync(ct);
        return added.Id;
    }

    /// <summary>The name behind such an answer, for showing it; empty for none.</summary>
    public static async Task<string> NameAsync(NetworkDb db, string answer, CancellationToken ct)
    {
        if (answer.StartsWith('+')) return answer[1..];
        return long.TryParse(answer, CultureInfo.InvariantCulture, out var id)
            ? await db.Organisations.Where(o => o.Id == id).Select(o => o.Name).FirstOrDefaultAsync(ct) ?? ""
            : "";
    }
}
