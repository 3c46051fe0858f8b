using Microsoft.AspNetCore.Builder;

namespace CrossBorderNetwork.Tests.Channels.Compliance;

/// <summary>What the compliance tests must know of one channel: how a server gets it, and how a person uses it over the real wire.</summary>
internal abstract class ChannelRig : IAsyncDisposable
{
    /// <summary>The channel's name in the conversation table.</summary>
    public abstract string Channel { get; }

    /// <summary>Whether a message can be changed in place; otherwise what is new is sent anew.</summary>
    public abstract bool CanEdit { get; }

    /// <summary>Whether buttons keep their rows; otherwise only their order.</summary>
    public abstract bool HasRows { get; }

    /// <summary>Whether somebody who was away finds what was said meanwhile.</summary>
    public abstract bool KeepsForTheAbsent { get; }

    /// <summary>The longest message that the channel takes.</summary>
    public abstract int TextLimit { get; }

    /// <summary>Nothing of what people did is still under way to the server.</summary>
    public virtual bool IsHandedIn => true;

    /// <summary>Adds settings and services of the channel.</summary>
    public abstract void Add(WebApplicationBuilder builder, string folder);

    public abstract void Map(WebApplication app);

    /// <summary>Somebody whom the network has never met.</summary>
    public abstract Task<ChannelPerson> PersonAsync(ChannelNetwork network, string name);

    public abstract ValueTask DisposeAsync();
}
