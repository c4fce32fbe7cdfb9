using System.Runtime.Versioning;
using System.Text;
using EtradeBot.App.Settings;
using EtradeBot.Brokers;
using EtradeBot.ETrade;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.App.Storage;

public sealed class TokenStoreTests : IDisposable
{
    /// <summary>10:00 in New York on a Friday.</summary>
    static readonly DateTimeOffset Morning = new(2026, 3, 6, 15, 0, 0, TimeSpan.Zero);

    static readonly SessionName Name = new(ETradeEnvironment.Simulator, new Uri("http://127.0.0.1:8600"), new Secret("key-1"));

    readonly TemporaryFolder _folder = new();
    readonly FakeTimeProvider _time = new(Morning);

    public void Dispose() => _folder.Dispose();

    TokenStore Store => new(_folder.Path, _time);

    [Fact]
    public void A_session_comes_back_as_it_was()
    {
        Store.Save(Name, new KeptSession(new AccessToken("a/b+c=", "s/e+c=", Morning), (new Secret("k"), new Secret("s"))));
        var kept = Store.Read(Name)!;
        Assert.Equal(("a/b+c=", "s/e+c=", Morning), (kept.Token.Value, kept.Token.Secret, kept.Token.IssuedAt));
        Assert.Equal(("k", "s"), (kept.Keys!.Value.Key.Reveal(), kept.Keys.Value.Secret.Reveal()));
        Store.Save(Name, new KeptSession(new AccessToken("b", "c", Morning)));
        kept = Store.Read(Name)!;
        Assert.Equal(("b", null), (kept.Token.Value, kept.Keys));
    }

    [Fact]
    public void Nothing_kept_is_nothing_and_reading_writes_nothing()
    {
        Assert.Null(Store.Read(Name));
        Assert.False(Store.Delete(Name));
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public void Each_environment_server_and_key_has_a_file_of_its_own()
    {
        SessionName[] names =
        [
            Name, Name with { ConsumerKey = new Secret("key-2") }, Name with { Server = new Uri("http://127.0.0.1:8601") }, Name with { Server = null },
            Name with { Environment = ETradeEnvironment.Sandbox }, Name with { Environment = ETradeEnvironment.Production },
        ];
        foreach (var name in names) Store.Save(name, new KeptSession(new AccessToken(name.FileName, "s", Morning)));
        Assert.All(names, name => Assert.Equal(name.FileName, Store.Read(name)!.Token.Value));
        Assert.Equal(names.Length, Directory.GetFiles(_folder["tokens"]).Length);
    }

    [Fact]
    public void Deleting_takes_one_session_alone()
    {
        var other = Name with { Environment = ETradeEnvironment.Production };
        Store.Save(Name, Session());
        Store.Save(other, Session());
        Assert.True(Store.Delete(Name));
        Assert.Null(Store.Read(Name));
        Assert.NotNull(Store.Read(other));
    }

    [Fact]
    public void No_file_shows_token_or_keys_in_any_usual_spelling()
    {
        string[] secrets = ["TOKEN-of-today", "SECRET-of-today", "CONSUMER-key", "CONSUMER-secret"];
        Store.Save(Name with { ConsumerKey = new Secret(secrets[2]) }, new KeptSession(new AccessToken(secrets[0], secrets[1], Morning), (new Secret(secrets[2]), new Secret(secrets[3]))));
        Assert.NotEmpty(_folder.Files());
        foreach (var file in _folder.Files())
        {
            var text = file + Encoding.Latin1.GetString(File.ReadAllBytes(_folder[file]));
            foreach (var secret in secrets)
                foreach (var spelling in Spellings(secret)) Assert.DoesNotContain(spelling, text, StringComparison.OrdinalIgnoreCase);
        }

        static string[] Spellings(string text) =>
            [text, Convert.ToBase64String(Encoding.UTF8.GetBytes(text))[..12], Convert.ToHexString(Encoding.UTF8.GetBytes(text)), Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(text))];
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Files_and_folders_are_closed_to_others()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes");
        const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(_folder["tokens", "keys"]);
        File.SetUnixFileMode(_folder["tokens", "keys"], FolderMode | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        Store.Save(Name, Session());
        Store.Save(Name, Session());
        Assert.Equal(FolderMode, File.GetUnixFileMode(_folder["tokens"]));
        Assert.Equal(FolderMode, File.GetUnixFileMode(_folder["tokens", "keys"]));
        Assert.Equal(2, _folder.Files().Length);
        Assert.All(_folder.Files(), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder[file])));
    }

    public static TheoryData<string> Damages => ["empty", "text", "cut", "bit", "long", "keys-gone", "keys-damaged", "other-name"];

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_file_that_cannot_be_read_asks_for_a_login_and_gives_its_name(string damage)
    {
        Store.Save(Name, Session());
        var path = Store.PathOf(Name);
        var bytes = File.ReadAllBytes(path);
        var name = Name;
        switch (damage)
        {
            case "empty": bytes = []; break;
            case "text": bytes = "not a token"u8.ToArray(); break;
            case "cut": bytes = bytes[..^5]; break;
            case "bit": bytes[^7] ^= 1; break;
            case "long": bytes = new byte[1_000_000]; break;
            case "keys-gone": Directory.Delete(_folder["tokens", "keys"], recursive: true); break;
            case "keys-damaged": File.WriteAllText(Directory.GetFiles(_folder["tokens", "keys"])[0], "<key"); break;
            default:
                name = Name with { Environment = ETradeEnvironment.Production };
                path = Store.PathOf(name);
                break;
        }
        File.WriteAllBytes(path, bytes);
        var problem = Assert.Throws<BrokerException>(() => Store.Read(name));
        Assert.Equal((BrokerFault.SessionExpired, RequestFate.NotSent), (problem.Fault, problem.Fate));
        Assert.Contains(path, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_keys_are_named_when_a_login_is_to_be_kept()
    {
        Store.Save(Name, Session());
        File.WriteAllText(Directory.GetFiles(_folder["tokens", "keys"])[0], "<key");
        var problem = Assert.Throws<IOException>(() => Store.Save(Name, Session()));
        Assert.Contains(_folder["tokens", "keys"], problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-03-06T15:00:00Z", "2026-03-07T04:59:59Z", true)]
    [InlineData("2026-03-06T15:00:00Z", "2026-03-07T05:00:00Z", false)]
    [InlineData("2026-03-07T04:59:59Z", "2026-03-07T05:00:00Z", false)]
    [InlineData("2026-07-01T15:00:00Z", "2026-07-02T03:59:59Z", true)] // daylight time: midnight is 04:00Z
    [InlineData("2026-07-01T15:00:00Z", "2026-07-02T04:00:00Z", false)]
    [InlineData("2026-03-08T15:00:00Z", "2026-03-09T03:59:59Z", true)] // the day of the change has 23 hours
    [InlineData("2026-03-08T15:00:00Z", "2026-03-09T04:00:00Z", false)]
    [InlineData("2026-03-06T15:00:00Z", "2026-03-05T15:00:00Z", false)] // a clock set back
    public void A_session_lives_on_the_New_York_day_of_its_login(string issued, string now, bool lives)
    {
        Store.Save(Name, new KeptSession(new AccessToken("t", "s", Instant(issued))));
        var later = new TokenStore(_folder.Path, new FakeTimeProvider(Instant(now)));
        if (lives)
        {
            Assert.NotNull(later.Read(Name));
            return;
        }
        var problem = Assert.Throws<BrokerException>(() => later.Read(Name));
        Assert.Equal(BrokerFault.SessionExpired, problem.Fault);
        Assert.Contains("midnight New York time", problem.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(later.PathOf(Name)));
        Assert.Null(later.Read(Name));

        static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Neither_session_nor_name_prints_a_secret()
    {
        var session = new KeptSession(new AccessToken("hunter2", "hunter2", Morning), (new Secret("hunter2"), new Secret("hunter2")));
        Assert.DoesNotContain("hunter2", $"{session} {Name with { ConsumerKey = new Secret("hunter2") }}", StringComparison.Ordinal);
    }

    static KeptSession Session() => new(new AccessToken("t", "s", Morning));
}
