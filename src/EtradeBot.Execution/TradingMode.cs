namespace EtradeBot.Execution;

/// <summary>Whose money it is.</summary>
public enum TradingMode
{
    /// <summary>Simulated market, simulated broker.</summary>
    Simulated,

    /// <summary>Real market, fills on paper.</summary>
    Paper,

    /// <summary>E*TRADE's sandbox: stored answers.</summary>
    Sandbox,

    /// <summary>Real accounts and real money.</summary>
    Live,
}
