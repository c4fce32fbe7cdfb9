using System.Net;

namespace EtradeBot.ETrade.Http;

/// <summary>A body that knows whether the connection has asked for it.</summary>
/// <remarks>
/// As long as it was not asked for, at most the head of the request can have left, and a head without its body cannot be carried out:
/// the one proof that a place, change or cancel was not sent. Every request that changes something has such a body, an empty one if need
/// be: sockets send a request again on their own when a kept-alive connection turns out dead, unless its body was begun.
/// </remarks>
sealed class WatchedContent(byte[] body) : HttpContent
{
    volatile bool _started;

    public bool Started => _started;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _started = true;
        return stream.WriteAsync(body, cancellationToken).AsTask();
    }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _started = true;
        stream.Write(body);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
