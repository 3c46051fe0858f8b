using System.Globalization;
using CrossBorderNetwork.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CrossBorderNetwork.Members;

/// <summary>What came of changing who coordinates.</summary>
internal enum AppointResult
{
    Done,

    /// <summary>It holds already: appointed before, or withdrawn before.</summary>
    Already,

    /// <summary>Nobody would be left to coordinate.</summary>
    Last,

    Denied,

    /// <summary>The member is gone meanwhile.</summary>
    Gone,
}

/// <summary>Appoints members as coordinators and withdraws it. Rights are read anew, each deed and each denied attempt is noted.</summary>
internal sealed class Appoint(Rights rights, IOptionsMonitor<NetworkOptions> options, TimeProvider time)
{
    public async Task<AppointResult> RunAsync(NetworkDb db, long by, long memberId, string side, CancellationToken ct)
    {
        if (!await MayAsync(db, by, "coordinator.appoint", ct)) return AppointResult.Denied;
        if (!await db.Members.AnyAsync(m => m.Id == memberId, ct)) return AppointResult.Gone;
        if (await rights.CoordinatesAsync(db, memberId, ct) is not null) return AppointResult.Already;
        db.Coordinators.Add(new Coordinator { PersonId = memberId, Side = side, AppointedBy = by, At = time.GetUtcNow() });
        rights.Note(db, by, "coordinator.appoint", memberId.ToString(CultureInfo.InvariantCulture));
        return AppointResult.Done;
    }

    public async Task<AppointResult> WithdrawAsync(NetworkDb db, long by, long memberId, CancellationToken ct)
    {
        if (!await MayAsync(db, by, "coordinator.withdraw", ct)) return AppointResult.Denied;
        if (await db.Coordinators.FindAsync([memberId], ct) is not { } coordinator) return AppointResult.Already;
        if (options.CurrentValue.Coordinators.Count == 0 && await db.Coordinators.CountAsync(ct) == 1) return AppointResult.Last;
        db.Coordinators.Remove(coordinator);
        rights.Note(db, by, "coordinator.withdraw", memberId.ToString(CultureInfo.InvariantCulture));
        return AppointResult.Done;
    }

    private async Task<bool> MayAsync(NetworkDb db, long by, string act, CancellationToken ct)
    {
        if (await rights.CoordinatesAsync(db, by, ct) is not null) return true;
        rights.Note(db, by, "denied:" + act, null);
        return false;
    }
}
