using System.Net;

namespace CrossBorderNetwork.Channels.Telegram;

/// <summary>
/// Tells a request that surely did not leave from one that may have arrived: Telegram knows no idempotency key, so only the
/// former may be repeated freely. The witness is whether the body was ever begun, whatever broke: DNS, connecting, TLS or waiting.
/// </summary>
internal sealed class SendWitness(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not { } body) return await base.SendAsync(request, cancellationToken);
        var watched = new WatchedBody(body);
        request.Content = watched;
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (Exception fault) when (!watched.Begun)
        {
            throw new NotSentException(fault);
        }
    }

    private sealed class WatchedBody : HttpContent
    {
        private readonly HttpContent _body;

        public WatchedBody(HttpContent body)
        {
            _body = body;
            foreach (var (name, values) in body.Headers.NonValidated) Headers.TryAddWithoutValidation(name, values);
        }

        public bool Begun { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            Begun = true;
            return _body.CopyToAsync(stream, context, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _body.Headers.ContentLength ?? 0;
            return _body.Headers.ContentLength is not null;
        }
    }
}

/// <summary>The request did not leave this machine's hands: Telegram cannot have acted on it.</summary>
internal sealed class NotSentException(Exception cause) : Exception("The request was not sent.", cause);
