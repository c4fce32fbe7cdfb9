using System.Net;

namespace EtradeBot.App.Dashboard;

/// <summary>Where the dashboard listens and keeps its state.</summary>
sealed record DashboardOptions
{
    public const int UsualPort = 8501;

    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>0: any that is free.</summary>
    public int Port { get; init; } = UsualPort;

    public required string StateFolder { get; init; }

    /// <summary>Certificate with its key for HTTPS, PKCS #12 or PEM; needed off loopback.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>Own strategies, see <c>docs/writing-a-strategy.md</c>.</summary>
    public string StrategyFolder { get; init; } = "strategies";

    public bool IsLoopback => IPAddress.IsLoopback(Address);
}
