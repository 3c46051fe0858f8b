using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CrossBorderNetwork.Channels.WebChat;

/// <summary>
/// The page's script and style, embedded in the assembly and compressed once. Their address carries a hash of the content, so
/// that a browser may keep them for ever.
/// </summary>
internal sealed class PageAssets
{
    public const string Bundle = "webchat.js";

    private readonly Dictionary<string, Asset> _assets = new[]
        {
            ("chat.css", "text/css"), ("chat.js", "text/javascript"), (Bundle, "text/javascript"), (Bundle + ".LICENSE.txt", "text/plain"),
        }
        .Select(asset => Asset.Load(asset.Item1, asset.Item2))
        .OfType<Asset>()
        .ToDictionary(asset => asset.Name);

    public bool HasBundle => _assets.ContainsKey(Bundle);

    public string Url(string name) => $"/webchat/{name}?v={_assets[name].Hash}";

    public IResult Serve(HttpContext http, string name)
    {
        if (!_assets.TryGetValue(name, out var asset)) return Results.NotFound();
        var response = http.Response;
        response.Headers.CacheControl = http.Request.Query["v"] == asset.Hash ? "public, max-age=31536000, immutable" : "no-cache";
        response.Headers.Vary = "Accept-Encoding";
        response.Headers.XContentTypeOptions = "nosniff";
        var (encoding, bytes) = asset.Encode(http.Request.Headers.AcceptEncoding.ToString());
        if (encoding is not null) response.Headers.ContentEncoding = encoding;
        return Results.Bytes(bytes, asset.MediaType + "; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{asset.Hash}{encoding}\""));
    }

    private sealed class Asset(string name, string mediaType, byte[] content)
    {
        private readonly Lazy<byte[]> _brotli = new(() => Compress(content, output => new BrotliStream(output, CompressionLevel.Optimal)));
        private readonly Lazy<byte[]> _gzip = new(() => Compress(content, output => new GZipStream(output, CompressionLevel.Optimal)));

        public string Name => name;

        public string MediaType => mediaType;

        public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(content))[..16];

        public static Asset? Load(string name, string mediaType)
        {
            using var resource = typeof(PageAssets).Assembly.GetManifestResourceStream(name);
            if (resource is null) return null;
            var content = new byte[resource.Length];
            resource.ReadExactly(content);
            return new Asset(name, mediaType, content);
        }

        public (string? Encoding, byte[] Content) Encode(string accepted) =>
            accepted.Contains("br", StringComparison.Ordinal) ? ("br", _brotli.Value)
            : accepted.Contains("gzip", StringComparison.Ordinal) ? ("gzip", _gzip.Value)
            : (null, content);

        private static byte[] Compress(byte[] content, Func<Stream, Stream> compressor)
        {
            using var output = new MemoryStream();
            using (var stream = compressor(output)) stream.Write(content);
            return output.ToArray();
        }
    }
}
