using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace CrossBorderNetwork.Server;

/// <summary>Settings under <c>Proxy</c>: whose word about the visitor's address and scheme is taken.</summary>
internal sealed class ProxyOptions
{
    public const string Section = "Proxy";

    /// <summary>
    /// Addresses or networks of the reverse proxy, separated by commas: <c>127.0.0.1, 10.0.0.0/8</c>. Empty: nobody's, and
    /// X-Forwarded headers are ignored, because anybody can write them.
    /// </summary>
    public string Trusted { get; set; } = "";

    private IEnumerable<string> Parts => Trusted.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public IEnumerable<string> Faults() => Parts.Any(part => !IPAddress.TryParse(part, out _) && !System.Net.IPNetwork.TryParse(part, out _))
        ? ["Proxy:Trusted must be addresses or networks of the reverse proxy, separated by commas, such as 127.0.0.1, 10.0.0.0/8."]
        : [];

    /// <summary>Null where no proxy is trusted.</summary>
    public ForwardedHeadersOptions? ToForwardedHeaders()
    {
        if (Trusted.Trim().Length == 0) return null;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var part in Parts)
        {
            if (IPAddress.TryParse(part, out var address)) options.KnownProxies.Add(address);
            else options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(part));
        }
        return options;
    }
}

internal static class ReverseProxy
{
    /// <summary>Takes the word of the proxies that the settings name.</summary>
    public static void UseReverseProxy(this WebApplication app)
    {
        if (ConfigurationCheck.Read<ProxyOptions>(app.Configuration, ProxyOptions.Section).ToForwardedHeaders() is { } options) app.UseForwardedHeaders(options);
    }
}
