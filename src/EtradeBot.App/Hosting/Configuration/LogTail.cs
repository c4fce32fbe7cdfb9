using System.Globalization;

namespace EtradeBot.App.Hosting.Configuration;

/// <summary>Keeps the last lines of the log in memory, for the diagnostics.</summary>
sealed class LogTail(TimeProvider time) : ILoggerProvider
{
    const int Most = 500;

    readonly Lock _gate = new();
    readonly Queue<string> _lines = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate) return [.. _lines];
        }
    }

    public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

    public void Dispose()
    {
    }

    void Add(string line)
    {
        lock (_gate)
        {
            _lines.Enqueue(line);
            if (_lines.Count > Most) _lines.Dequeue();
        }
    }

    sealed class Writer(LogTail tail, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            tail.Add(string.Create(CultureInfo.InvariantCulture, $"{tail.Now:yyyy-MM-ddTHH:mm:ssZ} {logLevel} {category}: {formatter(state, exception)}{(exception is null ? "" : " | " + exception)}"));
    }

    DateTimeOffset Now => time.GetUtcNow();
}
