namespace EtradeBot.Execution.Campaign;

/// <summary>A change of the product's own source, for the test build only.</summary>
/// <param name="File">Below <c>src</c>.</param>
/// <param name="Old">Text that stands there exactly once.</param>
sealed record Edit(string File, string Old, string New)
{
    /// <summary>Name of the assembly that the file belongs to.</summary>
    public string Project => File.Split('/')[0];

    /// <exception cref="InvalidOperationException">The text is not there once: the product has moved on, and the table has to follow.</exception>
    public string ApplyTo(string source)
    {
        var first = source.IndexOf(Old, StringComparison.Ordinal);
        if (first < 0) throw new InvalidOperationException($"{File} has no such text any more: {Old}");
        if (source.IndexOf(Old, first + 1, StringComparison.Ordinal) >= 0) throw new InvalidOperationException($"{File} has this text twice: {Old}");
        return source.Replace(Old, New, StringComparison.Ordinal);
    }
}

/// <summary>A defect that such programs have been seen to have, planted to see whether the judge finds it.</summary>
/// <param name="Name">Kebab case.</param>
/// <param name="Words">What the program does wrong.</param>
sealed record PlantedBug(string Name, string Words, params Edit[] Edits);
