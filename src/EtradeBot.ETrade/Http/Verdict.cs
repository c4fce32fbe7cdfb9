using System.Globalization;
using System.Text;
using EtradeBot.Brokers;

namespace EtradeBot.ETrade.Http;

/// <summary>Words one failed answer.</summary>
sealed record Verdict(CallState State, ETradeReply Reply, ErrorDocument? Error)
{
    const int LongestQuotation = 200;

    bool IsClientError => Reply.Status is >= 400 and < 500;

    public AttemptFailedException Failed(BrokerFault fault, string happened, string remedy, RetryRule retry = RetryRule.Never) =>
        Make(fault, Fate(isProof: false), happened, (remedy, retry));

    public AttemptFailedException RateLimited() =>
        Make(BrokerFault.RateLimited, Fate(IsClientError), "too many requests for the broker", ("The program slows down by itself; ask less often if this stays.", RetryRule.Paced));

    public AttemptFailedException Refused(OAuthProblem problem, bool isProof) =>
        Make(problem.Fault, Fate(isProof), problem.Happened, (problem.Remedy, problem.Retry));

    public AttemptFailedException Catalogued(ETradeError error)
    {
        var retry = error.Retry == RetryRule.Never && Reply.Status >= 500 && error.Fault is not BrokerFault.Refused ? ReplyJudge.BackOffFor(Reply.Status) : error.Retry;
        return Make(error.Fault, Fate(error.ProvesNoEffect && IsClientError), $"{error.Happened} (error {Number(error.Code)})", (error.Remedy, retry));
    }

    /// <summary>An error document with a number that is not in the catalogue, or with none: the broker's own words are all there is.</summary>
    public AttemptFailedException Uncatalogued()
    {
        var number = Error?.Code is { } code ? $"error {Number(code)}" : "an error without a number";
        var words = Quotation.Length > 0 ? $": \"{Quotation}\"" : "";
        var fault = IsClientError ? BrokerFault.Refused : BrokerFault.UnexpectedReply;
        return Make(fault, Fate(isProof: false), $"the broker answered with {number}{words}", ("This program does not know that answer: look at the account before going on.", RetryRule.Never));
    }

    string Quotation => Shorten(Error?.Message ?? "");

    RequestFate Fate(bool isProof) => State.Call.IsHarmless || isProof ? RequestFate.Refused : RequestFate.Unknown;

    AttemptFailedException Make(BrokerFault fault, RequestFate fate, string happened, (string Words, RetryRule Retry) next)
    {
        var words = Sentence(State.Call, fate, happened, next.Words);
        // To look at the orders takes a login first.
        if (fate == RequestFate.Unknown && fault == BrokerFault.SessionExpired) words += $" {OAuthProblem.LogIn}";
        var broker = new BrokerException(fault, fate, words)
        {
            Code = Error?.Code,
            HttpStatus = Reply.Status,
            BrokerMessage = Quotation,
        };
        return new(State, broker, next.Retry);
    }

    /// <summary>What happened and what to do. Where the fate is unknown, that comes before all else.</summary>
    public static string Sentence(ETradeCall call, RequestFate fate, string happened, string remedy) => fate == RequestFate.Unknown
        ? $"No certain answer to the request to {call.What}: {happened}. It may have been carried out all the same: look at the orders before it is sent again."
        : $"Could not {call.What}: {happened}. {remedy}";

    /// <summary>One line without control characters: the text comes from outside and ends up in terminals and logs.</summary>
    public static string Shorten(string text)
    {
        var line = new StringBuilder(Math.Min(text.Length, LongestQuotation + 1));
        foreach (var c in text)
        {
            if (line.Length == LongestQuotation) return line.Append('…').ToString();
            if (!char.IsControl(c) && !char.IsWhiteSpace(c)) line.Append(c);
            else if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
        }
        return line.ToString().TrimEnd();
    }

    static string Number(int code) => code.ToString(CultureInfo.InvariantCulture);
}
