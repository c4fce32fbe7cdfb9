using System.Globalization;
using System.Security.Authentication;
using EtradeBot.Brokers;

namespace EtradeBot.ETrade.Http;

/// <summary>Words attempts that got no whole answer.</summary>
static class ConnectionFailure
{
    const string CheckNetwork = "Check the network connection of this machine.";

    /// <summary>What sockets, TLS, decompression and time limits throw.</summary>
    public static bool IsOne(Exception problem) =>
        problem is HttpRequestException or IOException or OperationCanceledException or TimeoutException or InvalidDataException or AuthenticationException or System.Net.Sockets.SocketException;

    public static AttemptFailedException From(CallState state, Exception problem, TimeSpan patience)
    {
        if (problem is OperationCanceledException or TimeoutException)
            return Make(state, $"{(state.Content is { Started: false } ? "no connection" : "no answer")} within {Seconds(patience)} s", CheckNetwork, problem);
        return ErrorOf(problem) switch
        {
            HttpRequestError.NameResolutionError => Make(state, "the broker's address cannot be found", CheckNetwork, problem),
            HttpRequestError.ConnectionError => Make(state, "no connection to the broker", CheckNetwork, problem),
            HttpRequestError.SecureConnectionError => Make(state, "no secure connection to the broker", "Check the clock of this machine, and whether something on the way opens encrypted connections.", problem),
            HttpRequestError.ProxyTunnelError => Make(state, "the proxy does not connect to the broker", "Check the proxy of this machine.", problem),
            HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded => Strange(state, "the answer is not HTTP", problem),
            _ => problem is InvalidDataException ? Strange(state, "the answer is damaged", problem) : Make(state, "the connection broke before the whole answer was here", CheckNetwork, problem),
        };
    }

    /// <summary>An answer of a size that nothing explains.</summary>
    public static AttemptFailedException TooLarge(CallState state, int status, int limit)
    {
        var fate = FateOf(state, neverLeft: false);
        var words = Verdict.Sentence(state.Call, fate, $"the answer is larger than {limit / (1024 * 1024)} MiB", "Something on the way may have answered in the broker's place: check the connection.");
        return new(state, new BrokerException(BrokerFault.UnexpectedReply, fate, words) { HttpStatus = status }, RetryRule.Never);
    }

    /// <summary>The whole time of a call is over. What failed last explains it best.</summary>
    public static BrokerException Late(CallState state, TimeSpan deadline)
    {
        if (state.LastFailure is { } last) return last.Broker;
        var fate = FateOf(state, neverLeft: !state.MayHaveLeft);
        return new(BrokerFault.Unreachable, fate, Verdict.Sentence(state.Call, fate, $"not done within {Seconds(deadline)} s", "Requests that wait for the rate limit may be too many: ask less often."));
    }

    /// <summary>The caller gave up while something that may have an effect was on its way.</summary>
    public static BrokerException GivenUp(CallState state, Exception cause) =>
        new(BrokerFault.Unreachable, RequestFate.Unknown, Verdict.Sentence(state.Call, RequestFate.Unknown, "the program stopped waiting for the answer", ""), cause);

    static AttemptFailedException Make(CallState state, string happened, string remedy, Exception problem)
    {
        var fate = FateOf(state, NeverLeft(state, problem));
        return new(state, new BrokerException(BrokerFault.Unreachable, fate, Verdict.Sentence(state.Call, fate, happened, remedy), problem), RetryRule.BackOff);
    }

    static AttemptFailedException Strange(CallState state, string happened, Exception problem)
    {
        var fate = FateOf(state, neverLeft: false);
        const string remedy = "Something on the way may have answered in the broker's place: check the connection.";
        return new(state, new BrokerException(BrokerFault.UnexpectedReply, fate, Verdict.Sentence(state.Call, fate, happened, remedy), problem), RetryRule.Never);
    }

    // A body that was never asked for is the better proof; a read has none, and nothing hangs on its fate.
    static bool NeverLeft(CallState state, Exception problem) => state.Content is { } content
        ? !content.Started
        : ErrorOf(problem) is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    static RequestFate FateOf(CallState state, bool neverLeft)
    {
        if (neverLeft) return RequestFate.NotSent;
        return state.Call.IsHarmless ? RequestFate.Refused : RequestFate.Unknown;
    }

    static HttpRequestError ErrorOf(Exception problem) => problem switch
    {
        HttpRequestException http => http.HttpRequestError,
        HttpIOException io => io.HttpRequestError,
        _ => HttpRequestError.Unknown,
    };

    static string Seconds(TimeSpan length) => length.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
}
