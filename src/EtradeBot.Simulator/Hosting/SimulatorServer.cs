using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EtradeBot.Simulator.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace EtradeBot.Simulator.Hosting;

/// <summary>Serves a simulated broker over HTTP/1.1 on 127.0.0.1, to programs of this machine only.</summary>
public sealed class SimulatorServer : IAsyncDisposable
{
    /// <summary>Beyond what the broker takes, so that it refuses in its own words what is a little too large.</summary>
    const long LargestBody = 1 << 21;

    readonly WebApplication _application;
    readonly SimulatedBroker _broker;
    readonly TimeProvider _wall;
    readonly Action<Exception> _failed;
    readonly CancellationTokenSource _stopping = new();
    int _isDisposed;

    SimulatorServer(WebApplication application, SimulatedBroker broker, TimeProvider wall, Action<Exception> failed) =>
        (_application, _broker, _wall, _failed) = (application, broker, wall, failed);

    /// <summary>Where it listens, such as <c>http://127.0.0.1:8600/</c>.</summary>
    public Uri BaseUrl { get; private set; } = null!;

    /// <summary>Begins to listen.</summary>
    /// <param name="port">0: any that is free.</param>
    /// <param name="wall">Measures delays.</param>
    /// <param name="failed">Told of what went wrong inside, such as a state file that could not be written; the customer gets status 500.</param>
    /// <exception cref="IOException">The port is taken or not to be had; the message names it.</exception>
    public static async Task<SimulatorServer> StartAsync(SimulatedBroker broker, int port, TimeProvider wall, Action<Exception> failed)
    {
        ArgumentNullException.ThrowIfNull(broker);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = LargestBody;
            options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var server = new SimulatorServer(builder.Build(), broker, wall, failed);
        server._application.Run(server.ServeAsync);
        try
        {
            await server._application.StartAsync().ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is IOException or SocketException)
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw new IOException(Refusal(port, problem), problem);
        }
        server.BaseUrl = new Uri(server._application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return server;
    }

    /// <summary>Stops listening. Answers that hang or drip are given up.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    static string Refusal(int port, Exception problem)
    {
        var denied = problem is SocketException { SocketErrorCode: SocketError.AccessDenied } || problem.InnerException is SocketException { SocketErrorCode: SocketError.AccessDenied };
        return string.Create(CultureInfo.InvariantCulture, $"port {port} on 127.0.0.1 {(denied ? "needs rights that this user has not" : "is taken by another program")}: stop that program, or choose another port with --port");
    }

    async Task ServeAsync(HttpContext context)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        try
        {
            var response = Answered(await ReceivedAsync(context, gone.Token).ConfigureAwait(false));
            await DeliverAsync(context, response, gone.Token).ConfigureAwait(false);
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException problem)
        {
            var page = Answer.Page(problem.StatusCode, "Bad Request", "The request cannot be read.").Render(false);
            if (!context.Response.HasStarted) await DeliverAsync(context, page, gone.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    SimulatorResponse Answered(SimulatorRequest request)
    {
        try
        {
            return _broker.Handle(request);
        }
        catch (Exception problem)
        {
            // The last line before the wire: the customer gets an answer, whoever runs the simulator gets the reason.
            _failed(problem);
            return Answer.Page(500, "Internal Server Error", "The simulator failed; its terminal says why.").Render(false);
        }
    }

    static async Task<SimulatorRequest> ReceivedAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var request = context.Request;
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
        // The raw target keeps the escapes as they were sent: the signature depends on them.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var url = target.StartsWith('/') ? $"http://{request.Host.Value}{target}" : target;
        return new SimulatorRequest(request.Method, url, [.. request.Headers.SelectMany(header => header.Value, (header, value) => new KeyValuePair<string, string>(header.Key, value ?? ""))], body.ToArray());
    }

    async Task DeliverAsync(HttpContext context, SimulatorResponse response, CancellationToken cancellationToken)
    {
        var delivery = response.Delivery;
        if (delivery.Delay > TimeSpan.Zero) await Task.Delay(delivery.Delay, _wall, cancellationToken).ConfigureAwait(false);
        if (delivery.Hangs) await Task.Delay(Timeout.InfiniteTimeSpan, _wall, cancellationToken).ConfigureAwait(false);
        if (delivery.CutAfter == 0)
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = response.Status;
        foreach (var (name, value) in response.Headers) context.Response.Headers.Append(name, value);
        if (response.Body.Length == 0)
        {
            if (response.Status is not (204 or 304)) context.Response.ContentLength = 0;
            return;
        }
        context.Response.ContentType = response.ContentType;
        context.Response.ContentLength = response.Body.Length;
        if (HttpMethods.IsHead(context.Request.Method)) return;
        await WriteAsync(context, response, cancellationToken).ConfigureAwait(false);
    }

    async Task WriteAsync(HttpContext context, SimulatorResponse response, CancellationToken cancellationToken)
    {
        var (body, delivery) = (response.Body, response.Delivery);
        // What is promised by the length and not written makes the server close the connection, after what was written.
        if (delivery.CutAfter is { } cut && cut < body.Length) body = body[..cut];
        if (delivery.Drip is not { } pause)
        {
            await context.Response.Body.WriteAsync(body, cancellationToken).ConfigureAwait(false);
            return;
        }
        for (var i = 0; i < body.Length; i++)
        {
            if (i > 0) await Task.Delay(pause, _wall, cancellationToken).ConfigureAwait(false);
            await context.Response.Body.WriteAsync(body.Slice(i, 1), cancellationToken).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
