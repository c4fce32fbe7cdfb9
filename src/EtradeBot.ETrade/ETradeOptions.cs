namespace EtradeBot.ETrade;

/// <summary>Where requests go. Sandbox and production have keys of their own.</summary>
public enum ETradeEnvironment
{
    /// <summary>The simulator of this program.</summary>
    Simulator,

    /// <summary>E*TRADE's sandbox: stored answers, no state.</summary>
    Sandbox,

    /// <summary>Real accounts and real money.</summary>
    Production,
}

/// <summary>Key and secret of an application, as E*TRADE hands them out. Prints as ****.</summary>
public sealed class ConsumerKey(string key, string secret)
{
    public string Key { get; } = key;

    internal string Secret { get; } = secret;

    public override string ToString() => "****";
}

/// <summary>An access token with its secret. Prints as ****.</summary>
/// <param name="value">Decoded, as it takes part in signatures.</param>
/// <param name="secret">Decoded.</param>
/// <param name="issuedAt">When it was handed out: it ends at the following midnight in New York.</param>
public sealed class AccessToken(string value, string secret, DateTimeOffset issuedAt)
{
    /// <summary>For the one place that keeps it, encrypted.</summary>
    public string Value { get; } = value;

    /// <inheritdoc cref="Value"/>
    public string Secret { get; } = secret;

    public DateTimeOffset IssuedAt { get; } = issuedAt;

    public override string ToString() => "****";
}

/// <summary>What a client needs to know.</summary>
public sealed record ETradeOptions
{
    public required ETradeEnvironment Environment { get; init; }

    public required ConsumerKey Consumer { get; init; }

    /// <summary>Stands in for all three of E*TRADE's hosts; needed for the simulator. Plain http to this machine only.</summary>
    public Uri? BaseUrl { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Draws from 0 to 1 that scatter the waits between retries; null: from the system. A run that must repeat itself hands in seeded ones.</summary>
    public Func<double>? Jitter { get; init; }

    /// <summary>Makes the innermost handler, called once; null: sockets. The client disposes of it.</summary>
    public Func<HttpMessageHandler>? Transport { get; init; }

    /// <summary>Whole life of a call, its retries and its waiting for the rate limit included.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest wait for one answer.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(15);
}
