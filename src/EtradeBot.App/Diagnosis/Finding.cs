namespace EtradeBot.App.Diagnosis;

/// <summary>How bad a finding is.</summary>
enum FindingLevel
{
    Ok,

    /// <summary>It works, but not as it should, or nobody can say.</summary>
    Warn,

    /// <summary>Something will not work before this is repaired.</summary>
    Fail,
}

/// <summary>One line of the doctor.</summary>
/// <param name="Subject">What was looked at, in a word or two.</param>
/// <param name="Words">What was found.</param>
/// <param name="Remedy">What to do about it; empty where there is nothing to do.</param>
sealed record Finding(FindingLevel Level, string Subject, string Words, string Remedy = "")
{
    public static Finding Ok(string subject, string words) => new(FindingLevel.Ok, subject, words);

    public static Finding Warn(string subject, string words, string remedy) => new(FindingLevel.Warn, subject, words, remedy);

    public static Finding Fail(string subject, string words, string remedy) => new(FindingLevel.Fail, subject, words, remedy);
}
