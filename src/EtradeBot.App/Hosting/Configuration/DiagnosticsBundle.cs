using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using EtradeBot.App.Commands;
using EtradeBot.App.Hosting.Live;
using EtradeBot.App.Hosting.Security;
using EtradeBot.App.Settings;

namespace EtradeBot.App.Hosting.Configuration;

/// <summary>What somebody needs who is to help: versions, settings, log, health, disk; one archive without any secret.</summary>
sealed partial class DiagnosticsBundle(EffectiveSettings settings, LiveSession session, LogTail log, (string StateFolder, TimeProvider Time) place)
{
    static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Such as <c>0.1.0</c>.</summary>
    public static string Version { get; } = typeof(DiagnosticsBundle).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <exception cref="NotAllowedException">Not an admin.</exception>
    public byte[] Make(Actor actor)
    {
        actor.Require(Role.Admin);
        var secrets = Secrets().ToList();
        using var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in Parts())
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(Redacted(text, secrets)));
            }
        }
        return buffer.ToArray();
    }

    /// <summary>The same texts as the archive has, for the page.</summary>
    public string Versions() => string.Create(Culture, $"etrade-bot {Version}\n.NET {Environment.Version}\n{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}, {Environment.ProcessorCount} processors\nmade at {place.Time.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}\n");

    public string Disk()
    {
        if (!Directory.Exists(place.StateFolder)) return "nothing is stored yet\n";
        var text = new StringBuilder();
        text.Append(Culture, $"free on the disk: {new DriveInfo(Path.GetFullPath(place.StateFolder)).AvailableFreeSpace / 1e9:0.0} GB\n");
        foreach (var entry in new DirectoryInfo(place.StateFolder).EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal))
            text.Append(Culture, $"{SizeOf(entry) / 1e6,12:0.00} MB  {entry.Name}\n");
        return text.ToString();
    }

    public string Health()
    {
        var (facts, account, now) = (session.State.Session, session.State.Account, place.Time.GetUtcNow());
        var text = new StringBuilder();
        text.Append(Culture, $"mode {facts.Mode}, broker {facts.Broker}, link {facts.Link} {facts.LinkReason}\n");
        text.Append(Culture, $"hours {facts.Hours}, speed {facts.Speed}, last quote {Age(now, facts.LastQuoteReceivedAt)}, login ends {facts.TokenEndsAt:O}\n");
        text.Append(Culture, $"account {account.Name}, read {Age(now, account.ReadAt)}, positions {account.Positions.Count}, orders {account.Orders.Count}, problem {account.Problem}\n");
        foreach (var symbol in session.State.Symbols) text.Append(Culture, $"feed {symbol.Symbol}: {symbol.Health}\n");
        return text.ToString();
    }

    IEnumerable<(string Name, string Text)> Parts() =>
        [("versions.txt", Versions()), ("settings.txt", SettingsText()), ("health.txt", Health()), ("disk.txt", Disk()), ("log.txt", string.Join('\n', log.Lines) + "\n")];

    string SettingsText()
    {
        var text = new StringBuilder();
        foreach (var state in SettingDefinitions.All.Select(definition => settings.StateOf(definition.Name)))
            text.Append(Culture, $"{state.Definition.Name} = {(state.Definition.IsSecret ? state.IsSet ? "set" : "not set" : state.Words)}{(state.Origin is { } origin ? $" [{origin}]" : "")}\n");
        return text.ToString();
    }

    /// <summary>Everything that may have slipped into a log line.</summary>
    IEnumerable<string> Secrets()
    {
        var current = settings.Current;
        var all = SettingDefinitions.All.Where(definition => definition.IsSecret).Select(definition => Opened(definition.Name))
            .Concat(((Secret?[])[current.OAuthToken, current.OAuthTokenSecret, current.SmtpPassword, current.TwilioAccount, current.TwilioToken, current.SlackWebhook]).Select(secret => secret?.Reveal()));
        if (session.Broker?.Client.Session.Token is { } token) all = all.Append(token.Value).Append(token.Secret).Append(session.Broker?.AccountKey);
        foreach (var secret in all.OfType<string>().Where(secret => secret.Length >= 4))
        {
            yield return secret;
            yield return Uri.EscapeDataString(secret);
        }
    }

    string? Opened(string name)
    {
        try
        {
            return settings.Current.SecretNamed(name)?.Reveal();
        }
        catch (UsageException)
        {
            // What cannot be opened cannot have been logged either.
            return null;
        }
    }

    static string Redacted(string text, List<string> secrets)
    {
        var rest = secrets.OrderByDescending(secret => secret.Length).Aggregate(text, (left, secret) => left.Replace(secret, "****", StringComparison.Ordinal));
        return AccountNumber().Replace(AccountAddress().Replace(rest, "$1****"), "****$1");
    }

    /// <summary>Of any account, also one of another login: numbers of eight digits and more; what else is so long helps nobody. The last four stay, as on the pages.</summary>
    [GeneratedRegex(@"(?<![0-9A-Za-z])[0-9]{4,}([0-9]{4})(?![0-9A-Za-z])")]
    private static partial Regex AccountNumber();

    /// <summary>The broker names an account by a key in its addresses.</summary>
    [GeneratedRegex(@"(/accounts/)(?!list)[^/\s?]+")]
    private static partial Regex AccountAddress();

    static string Age(DateTimeOffset now, DateTimeOffset? at) => at is { } then ? string.Create(Culture, $"{(now - then).TotalSeconds:0} s ago") : "never";

    static long SizeOf(FileSystemInfo entry) => entry switch
    {
        FileInfo file => file.Length,
        DirectoryInfo folder => folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length),
        _ => 0,
    };
}
