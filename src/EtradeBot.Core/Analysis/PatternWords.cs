namespace EtradeBot.Analysis;

/// <summary>The words rules are written in: a measure or threshold of the candle so many candles ago.</summary>
static class PatternWords
{
    public static Term Open(int ago) => At(Measure.Open, ago);

    public static Term High(int ago) => At(Measure.High, ago);

    public static Term Low(int ago) => At(Measure.Low, ago);

    public static Term Close(int ago) => At(Measure.Close, ago);

    public static Term Body(int ago) => At(Measure.Body, ago);

    public static Term Top(int ago) => At(Measure.Top, ago);

    public static Term Bottom(int ago) => At(Measure.Bottom, ago);

    public static Term UpperShadow(int ago) => At(Measure.UpperShadow, ago);

    public static Term LowerShadow(int ago) => At(Measure.LowerShadow, ago);

    public static Term Colour(int ago) => At(Measure.Colour, ago);

    public static Term BodyLong(int ago) => At(Threshold.BodyLong, ago);

    public static Term BodyShort(int ago) => At(Threshold.BodyShort, ago);

    public static Term BodyDoji(int ago) => At(Threshold.BodyDoji, ago);

    public static Term ShadowLong(int ago) => At(Threshold.ShadowLong, ago);

    public static Term ShadowVeryShort(int ago) => At(Threshold.ShadowVeryShort, ago);

    public static Term Near(int ago) => At(Threshold.Near, ago);

    public static Term Far(int ago) => At(Threshold.Far, ago);

    static Term At(Measure measure, int ago) => new(new Quantity(measure, null, ago));

    static Term At(Threshold threshold, int ago) => new(new Quantity(threshold.Of, threshold, ago));
}
