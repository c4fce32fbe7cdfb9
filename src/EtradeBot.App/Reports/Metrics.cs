namespace EtradeBot.Backtests;

sealed record MetricRow(string Group, string Label, string Key, string Text, double? Value, string Unit, string Definition);

sealed record Metrics(IReadOnlyList<MetricRow> Rows);
