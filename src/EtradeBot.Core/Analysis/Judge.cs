namespace EtradeBot.Analysis;

/// <summary>One pattern's rule, its conditions bound to the rows of a sheet.</summary>
sealed class Judge
{
    public Judge(PatternRule rule, ScanSheet sheet)
    {
        Rule = rule;
        Tests = Bind(rule.Conditions);
        Variants = [.. rule.Variants.Select(variant => (variant.Value, Bind(variant.Conditions)))];

        RowTest[] Bind(Condition[] conditions) =>
            [.. conditions.Select(condition => sheet.Compile(condition.Test, rule.Info.FirstIndex))];
    }

    public PatternRule Rule { get; }

    public RowTest[] Tests { get; }

    public (int Value, RowTest[] Tests)[] Variants { get; }
}
