using EtradeBot.Market;

namespace EtradeBot.App.Feeds.History;

/// <summary>What the candles that two series share say about their prices.</summary>
enum PriceScale
{
    /// <summary>They share none.</summary>
    Unknown,

    /// <summary>They were adjusted alike.</summary>
    Same,

    /// <summary>One was adjusted for something the other was not.</summary>
    Other,
}

/// <summary>Compares two series of adjusted prices.</summary>
static class PriceScaleTest
{
    /// <summary>Copies of one price, some of which went through single precision, differ by less than this fraction.</summary>
    const double SamePrice = 1e-6;

    public static PriceScale Of(CandleSeries older, CandleSeries newer)
    {
        var scale = PriceScale.Unknown;
        for (var j = 0; j < newer.Count && older.Count > 0; j++)
        {
            var i = older.IndexAtOrAfter(newer.OpenTime(j));
            if (i == older.Count) break;
            if (older.OpenTicks[i] != newer.OpenTicks[j]) continue;
            if (Math.Abs(older.Close[i] / newer.Close[j] - 1) > SamePrice) return PriceScale.Other;
            scale = PriceScale.Same;
        }
        return scale;
    }
}

/// <summary>How prices are adjusted, in words.</summary>
static class AdjustmentWords
{
    public static string Of(PriceAdjustment adjustment) => adjustment switch
    {
        PriceAdjustment.Raw => "raw",
        PriceAdjustment.Splits => "adjusted for splits",
        PriceAdjustment.SplitsAndDividends => "adjusted for splits and dividends",
        _ => "of unknown adjustment",
    };
}
