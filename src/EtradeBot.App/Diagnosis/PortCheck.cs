using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace EtradeBot.App.Diagnosis;

/// <summary>Whether the dashboard could listen at its port, and who does if it cannot.</summary>
static class PortCheck
{
    const string Subject = "port";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static async Task<Finding> RunAsync(int port)
    {
        var remedy = "Stop it, or start the dashboard with --port N";
        if (Refusal(port) is not { } refusal) return Finding.Ok(Subject, string.Create(CultureInfo.InvariantCulture, $"{port} is free for the dashboard"));
        if (refusal is SocketError.AccessDenied) return Finding.Fail(Subject, string.Create(CultureInfo.InvariantCulture, $"this user may not listen at {port}"), "Start the dashboard with --port N, above 1023");
        return await IsDashboardAsync(port).ConfigureAwait(false)
            ? Finding.Warn(Subject, string.Create(CultureInfo.InvariantCulture, $"{port} is taken by a dashboard of etrade-bot that runs already"), $"Open http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}. {remedy}")
            : Finding.Fail(Subject, string.Create(CultureInfo.InvariantCulture, $"{port} is taken by another program"), remedy);
    }

    static SocketError? Refusal(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return null;
        }
        catch (SocketException problem)
        {
            return problem.SocketErrorCode;
        }
    }

    static async Task<bool> IsDashboardAsync(int port)
    {
        using var client = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = JsonDocument.Parse(await client.GetStringAsync(new UriBuilder("http", "127.0.0.1", port, Hosting.Live.HealthEndpoint.Route).Uri).ConfigureAwait(false));
            return answer.RootElement.ValueKind == JsonValueKind.Object && answer.RootElement.TryGetProperty("lastQuoteAgeSeconds", out _);
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException or JsonException)
        {
            return false;
        }
    }
}
