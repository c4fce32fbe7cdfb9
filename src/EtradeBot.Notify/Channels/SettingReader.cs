namespace EtradeBot.Notify.Channels;

/// <summary>Settings by name, and what to say where they do not suffice.</summary>
sealed class SettingReader(Func<string, string?> setting)
{
    /// <returns>Null where it is not set.</returns>
    public string? this[string name] => setting(name)?.Trim() is { Length: > 0 } value ? value : null;

    /// <summary>Sets a channel up where all its needs are set.</summary>
    /// <param name="needs">Names of settings it cannot do without.</param>
    /// <param name="signs">Settings that show, without being needs, that somebody wants the channel.</param>
    /// <param name="create">Throws <see cref="FormatException"/>, in words, where a value cannot be used.</param>
    public ChannelSetup Set(string channel, IReadOnlyList<string> needs, Func<INoticeChannel> create, params IReadOnlyList<string> signs)
    {
        var missing = needs.Where(name => this[name] is null).ToList();
        if (missing.Count == needs.Count && signs.All(name => this[name] is null)) return new(channel, null, null);
        if (missing.Count > 0) return new(channel, null, $"{string.Join(" and ", missing)} {(missing.Count == 1 ? "is" : "are")} not set");
        try
        {
            return new(channel, create(), null);
        }
        catch (FormatException problem)
        {
            return new(channel, null, problem.Message);
        }
    }

    /// <summary>An address of a provider: https, or http on this machine only.</summary>
    /// <exception cref="FormatException">It is none; names the setting, not the value, which may be a secret.</exception>
    public Uri Address(string name, string? usual = null)
    {
        if (!Uri.TryCreate(this[name] ?? usual, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
            throw new FormatException($"{name} is no https address");
        if (address.Scheme == "http" && !address.IsLoopback) throw new FormatException($"{name} has to be https; http is for this machine only");
        return address;
    }
}
