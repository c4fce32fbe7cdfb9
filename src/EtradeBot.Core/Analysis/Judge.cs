namespace EtradeBot.Analysis;

/// <summary>One pattern's rule, its conditions as numbers of a sheet's tests.</summary>
sealed class Judge
{
    public Judge(PatternRule rule, ScanSheet sheet)
    {
        Rule = rule;
        Tests = Bind(rule.Conditions);
        Variants = [.. rule.Variants.Select(variant => (variant.Value, Bind(variant.Conditions)))];

        int[] Bind(Condition[] conditions) =>
            [.. conditions.Select(condition => sheet.Add(condition.Test, rule.Info.FirstIndex))];
    }

    public PatternRule Rule { get; }

    public int[] Tests { get; }

    public (int Value, int[] Tests)[] Variants { get; }
}
