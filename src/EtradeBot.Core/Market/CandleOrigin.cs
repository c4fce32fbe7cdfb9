namespace EtradeBot.Market;

/// <summary>What was done to the prices for splits and dividends.</summary>
public enum PriceAdjustment
{
    Unknown,
    Raw,
    Splits,
    SplitsAndDividends,
}

/// <summary>Where candles came from, shown wherever they are.</summary>
/// <param name="Source">A file name or the name of a data service; never a full path.</param>
/// <param name="IsSimulated">True for candles of the demo market: shown as SIMULATED everywhere.</param>
public sealed record CandleOrigin(string Source, bool IsSimulated = false, PriceAdjustment Adjustment = PriceAdjustment.Unknown);
