using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Broadcasts;

/// <summary>Pauses, resumes and stops an announcement that is going. What is on the wire arrives. Rights are the caller's to check.</summary>
public sealed class Steer(Outbox outbox, Rights rights, TimeProvider time)
{
    /// <returns>False where there is nothing to pause.</returns>
    public bool Pause(UnitOfWork work, Broadcast broadcast, long personId)
    {
        if (broadcast.State != BroadcastState.Sending || outbox.HoldFrom(work, broadcast.Source) == 0) return false;
        broadcast.State = BroadcastState.Paused;
        rights.Note(work.Db, personId, "announce.pause", broadcast.Source);
        return true;
    }

    /// <returns>False where it is not paused.</returns>
    public bool Resume(UnitOfWork work, Broadcast broadcast, long personId)
    {
        if (broadcast.State != BroadcastState.Paused) return false;
        outbox.ReleaseFrom(work, broadcast.Source);
        broadcast.State = BroadcastState.Sending;
        rights.Note(work.Db, personId, "announce.resume", broadcast.Source);
        return true;
    }

    /// <returns>The number of messages that will not be sent.</returns>
    public int Stop(UnitOfWork work, Broadcast broadcast, long personId)
    {
        if (!broadcast.IsGoing || outbox.CancelFrom(work, broadcast.Source) is var stopped && stopped == 0) return 0;
        broadcast.State = BroadcastState.Sending;
        broadcast.StoppedAt = time.GetUtcNow();
        rights.Note(work.Db, personId, "announce.stop", broadcast.Source);
        return stopped;
    }
}
