namespace EtradeBot.Learning.Judgement;

/// <summary>A mean over the test samples with its 95 % interval.</summary>
public readonly record struct Score(double Value, double Low, double High);

/// <summary>One predictor on the test samples of all folds.</summary>
/// <param name="Name">Who predicted.</param>
/// <param name="Direction">Mean cross-entropy in nats of up against down, over the samples that moved; ln 2 = 0.6931 knows nothing. The verdict rests on it.</param>
/// <param name="LogLoss">Mean cross-entropy in nats; ln 3 = 1.0986 knows nothing.</param>
/// <param name="Accuracy">How often the likeliest class came.</param>
/// <param name="BalancedAccuracy">Mean over the classes of how often it was predicted when it came; 1/3 knows nothing.</param>
/// <param name="Brier">Mean squared distance of the probabilities, 0 to 2.</param>
/// <param name="Auc">Chance that of an up and a down sample the up one was given the higher p(up) - p(down); 0.5 knows nothing.</param>
/// <param name="RankIc">Spearman's correlation of p(up) - p(down) with the return that came, -1 to 1; 0 knows nothing.</param>
public sealed record ScoreRow(string Name, Score Direction, Score LogLoss, Score Accuracy, Score BalancedAccuracy, Score Brier, Score Auc, Score RankIc);
