using CrossBorderNetwork.Data;
using CrossBorderNetwork.Introductions;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Cooperations;

internal enum Arranging
{
    Suggested,
    Agreed,

    /// <summary>The time has passed.</summary>
    Past,

    /// <summary>Another time was suggested, or it was called off, since the button was shown.</summary>
    Changed,
    CalledOff,
    Gone,
}

/// <summary>One of two introduced people picks a time, the other confirms; both may change their mind.</summary>
internal sealed class ArrangeMeeting(MeetingNotices notices, TimeProvider time)
{
    /// <summary>Suggests a time. Who picks what the other has picked agrees to it.</summary>
    public async Task<Arranging> SuggestAsync(UnitOfWork work, Introduction introduction, long memberId, DateTimeOffset at, CancellationToken ct)
    {
        if (at <= time.GetUtcNow()) return Arranging.Past;
        var (agreed, suggested) = await work.Db.OpenMeetingsAsync(introduction.Id, ct);
        if (agreed?.At == at)
        {
            // Back to what holds: the newer suggestion is taken away.
            if (suggested is not null) suggested.State = MeetingState.Replaced;
            return Arranging.Agreed;
        }
        if (suggested?.At == at) return suggested.SuggestedById == memberId ? Arranging.Suggested : await AgreeAsync(work, introduction, suggested, agreed, ct);
        if (suggested is not null) suggested.State = MeetingState.Replaced;
        var meeting = new Meeting { IntroductionId = introduction.Id, At = at, SuggestedById = memberId };
        work.Db.Meetings.Add(meeting);
        await work.SaveAsync(ct);
        await notices.SuggestedAsync(work, introduction, meeting, agreed, ct);
        return Arranging.Suggested;
    }

    /// <summary>Confirms the time that a button showed.</summary>
    public async Task<Arranging> ConfirmAsync(UnitOfWork work, Introduction introduction, Meeting meeting, long memberId, CancellationToken ct)
    {
        if (meeting.State == MeetingState.Agreed) return Arranging.Agreed;
        if (meeting.State != MeetingState.Suggested || meeting.SuggestedById == memberId) return Arranging.Changed;
        if (meeting.At <= time.GetUtcNow()) return Arranging.Past;
        var (agreed, _) = await work.Db.OpenMeetingsAsync(introduction.Id, ct);
        return await AgreeAsync(work, introduction, meeting, agreed, ct);
    }

    /// <summary>Takes back what was suggested and agreed, and tells the other.</summary>
    public async Task<Arranging> CallOffAsync(UnitOfWork work, Introduction introduction, long memberId, CancellationToken ct)
    {
        var (agreed, suggested) = await work.Db.OpenMeetingsAsync(introduction.Id, ct);
        if ((agreed ?? suggested) is not { } meeting) return Arranging.Changed;
        foreach (var open in new[] { agreed, suggested }.OfType<Meeting>()) open.State = MeetingState.CalledOff;
        await notices.CalledOffAsync(work, introduction, meeting, wasAgreed: agreed is not null, memberId, ct);
        return Arranging.CalledOff;
    }

    private async Task<Arranging> AgreeAsync(UnitOfWork work, Introduction introduction, Meeting meeting, Meeting? before, CancellationToken ct)
    {
        if (before is not null) before.State = MeetingState.Replaced;
        meeting.State = MeetingState.Agreed;
        await notices.AgreedAsync(work, introduction, meeting, ct);
        return Arranging.Agreed;
    }
}
