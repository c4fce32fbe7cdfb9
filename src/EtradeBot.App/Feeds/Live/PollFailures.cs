using EtradeBot.Brokers;

namespace EtradeBot.App.Feeds.Live;

/// <summary>What a failed request means for the next ones. Not safe for several threads.</summary>
sealed class PollFailures(TimeSpan longestBackOff, PollGroups groups, FeedWatch watch)
{
    static readonly TimeSpan LoginRetry = TimeSpan.FromSeconds(60);
    static readonly TimeSpan LongestBackOffAlone = TimeSpan.FromMinutes(5);

    public void Take(PollGroup group, BrokerException problem, DateTimeOffset now)
    {
        (group.Failures, group.Problem) = (group.Failures + 1, problem.Message);
        switch (problem.Fault)
        {
            case BrokerFault.SessionExpired or BrokerFault.NotAuthorized:
                watch.Blocked = problem;
                foreach (var each in groups.All) each.NotBefore = now + LoginRetry;
                break;
            case BrokerFault.Refused or BrokerFault.UnexpectedReply when group.Symbols.Count > 1 && group.Failures > 1:
                groups.Split(group);
                break;
            case BrokerFault.Refused or BrokerFault.UnexpectedReply when group.Symbols.Count == 1:
                group.NotBefore = now + BackOff(group.Failures, LongestBackOffAlone);
                break;
            default:
                group.NotBefore = now + BackOff(group.Failures, longestBackOff);
                break;
        }
    }

    static TimeSpan BackOff(int failures, TimeSpan most)
    {
        var wait = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(failures - 1, 20)));
        return wait < most ? wait : most;
    }
}
