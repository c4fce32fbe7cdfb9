using EtradeBot.Brokers;

namespace EtradeBot.App.Hosting.Live;

/// <summary>Keeps <see cref="LiveState.Session"/> true: several services change it, each its own facts. Safe for several threads.</summary>
sealed class SessionBoard(LiveState state)
{
    readonly Lock _gate = new();
    string _remark = "";

    /// <summary>Since <see cref="Begin"/>.</summary>
    public bool WasUp { get; private set; }

    /// <summary>A new attempt; what was said of the last one stays until it is known what comes of this.</summary>
    public void Begin() => WasUp = false;

    public void Change(Func<SessionFacts, SessionFacts> change)
    {
        lock (_gate)
        {
            var (before, after) = (state.Session, change(state.Session));
            if (after != before) state.SetSession(after);
        }
    }

    /// <summary>What does not keep the link from being up, but has to be said: quotes are not kept, the watchlist's file is damaged. Empty: nothing.</summary>
    public void Remark(string sentence)
    {
        lock (_gate) _remark = sentence;
        Change(facts => facts.Link == BrokerLink.Up ? facts with { LinkReason = sentence } : facts);
    }

    public void Up() => Change(facts =>
    {
        WasUp = true;
        return facts.Link == BrokerLink.Up ? facts : facts with { Link = BrokerLink.Up, LinkReason = _remark };
    });

    public void Lost(BrokerLink link, string reason) => Change(facts => facts with { Link = link, LinkReason = reason });

    /// <summary>A call failed. What concerns one request only does not touch the link.</summary>
    public void Failed(BrokerException problem)
    {
        if (LinkOf(problem) is { } link) Lost(link, problem.Message);
    }

    public static BrokerLink? LinkOf(BrokerException problem) => problem.Fault switch
    {
        BrokerFault.SessionExpired => BrokerLink.NeedsLogin,
        BrokerFault.NotAuthorized => BrokerLink.NotConfigured,
        BrokerFault.Unreachable => BrokerLink.Down,
        _ => null,
    };
}
