namespace EtradeBot.Learning.Features;

/// <summary>One input of the network.</summary>
/// <param name="Name">Its name in model cards; a model is refused where the names differ.</param>
/// <param name="Formula">How it is computed, one sentence.</param>
/// <param name="Compute">As many values as candles; value i uses candles 0..i only; NaN while warming up.</param>
sealed record Feature(string Name, string Formula, Func<FeatureColumns, double[]> Compute);
