using System.Net;
using EtradeBot.Simulator.Protocol;

namespace EtradeBot.Simulator.Hosting;

/// <summary>Connects an <see cref="HttpClient"/> with the simulated broker in the same process: no sockets, the same answers, delays and cuts as over the wire.</summary>
/// <param name="wall">Measures delays.</param>
public sealed class SimulatorHandler(SimulatedBroker broker, TimeProvider wall) : HttpMessageHandler
{
    /// <summary>An address to give to clients; any other on localhost will do as well.</summary>
    public static Uri BaseUrl { get; } = new("http://localhost");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        var response = broker.Handle(await Received(request, cancellationToken).ConfigureAwait(false));
        var delivery = response.Delivery;
        if (delivery.Delay > TimeSpan.Zero) await Task.Delay(delivery.Delay, wall, cancellationToken).ConfigureAwait(false);
        if (delivery.Hangs) await Task.Delay(Timeout.InfiniteTimeSpan, wall, cancellationToken).ConfigureAwait(false);
        return delivery.CutAfter == 0
            ? throw new HttpRequestException(HttpRequestError.ResponseEnded, "The simulator cut the connection before the answer.")
            : Sent(response, request);
    }

    static async Task<SimulatorRequest> Received(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var url = request.RequestUri ?? throw new InvalidOperationException("the request has no address");
        var headers = request.Headers.NonValidated.Concat(request.Content?.Headers.NonValidated ?? default);
        var body = request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false) : [];
        return new SimulatorRequest(
            request.Method.Method,
            // What sockets would carry: the path and the query with their escapes.
            $"{url.Scheme}://{url.Authority}{url.PathAndQuery}",
            [.. headers.SelectMany(header => header.Value.Select(value => new KeyValuePair<string, string>(header.Key, value)))],
            body);
    }

    HttpResponseMessage Sent(SimulatorResponse response, HttpRequestMessage request)
    {
        var delivery = response.Delivery;
        var isPlain = delivery.CutAfter is null && delivery.Drip is null;
        var message = new HttpResponseMessage((HttpStatusCode)response.Status)
        {
            RequestMessage = request,
            Content = isPlain ? new ReadOnlyMemoryContent(response.Body) : new StreamContent(new DeliveredStream(response.Body, delivery, wall), 1),
        };
        if (response.ContentType.Length > 0) message.Content.Headers.TryAddWithoutValidation("Content-Type", response.ContentType);
        foreach (var (name, value) in response.Headers)
            if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content.Headers.TryAddWithoutValidation(name, value);
        return message;
    }
}
