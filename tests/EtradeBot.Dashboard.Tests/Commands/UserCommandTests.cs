using System.Diagnostics;
using EtradeBot.App.Hosting.Security;

namespace EtradeBot.App.Commands;

/// <summary>The built program, with the password on its standard input.</summary>
public sealed class UserCommandTests : IDisposable
{
    const string Password = "four own words here";

    static readonly string Program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "etrade-bot.exe" : "etrade-bot");

    readonly TemporaryFolder _folder = new();

    UserDirectory Users => new(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Users_are_added_listed_and_removed()
    {
        Assert.Equal((0, "No users: on this machine everybody is admin without a login. 'etrade-bot user add NAME --role admin' adds the first.\n", ""), await RunAsync("", "list"));
        Assert.Equal((0, "ann may log in as admin.\n", ""), await RunAsync(Password, "add", "ann", "--role", "admin"));
        Assert.Equal((0, "vera may log in as viewer.\n", ""), await RunAsync(Password, "add", "vera"));
        var (_, list, _) = await RunAsync("", "list");
        Assert.Matches("ann +admin +off", list);
        Assert.Matches("vera +viewer +off", list);
        Assert.Equal((2, "", "etrade-bot: ann is the last admin: make somebody else an admin first\n"), await RunAsync("", "remove", "ann"));
        Assert.Equal((0, "vera is gone.\n", ""), await RunAsync("", "remove", "VERA"));
        Assert.Equal((0, "ann is gone; nobody is left, so no login is demanded on this machine.\n", ""), await RunAsync("", "remove", "ann"));
        Assert.False(Users.DemandsLogin);
        var noted = AuditReader.Read(new(_folder.Path, TimeProvider.System));
        Assert.Empty(noted.Faults);
        Assert.Contains(noted.Entries, entry => entry is { Actor: "command line", Action: "user.remove", Detail: "vera" });
    }

    [Fact]
    public async Task The_first_user_must_be_an_admin()
    {
        Assert.Equal((2, "", "etrade-bot: the first user must be an admin: somebody has to be able to set up the others\n"), await RunAsync(Password, "add", "vera"));
        Assert.False(Users.DemandsLogin);
    }

    [Theory]
    [InlineData("short", "the password has 5 characters: use at least 12, such as four words that only you put together")]
    [InlineData("aaaaaaaabbbbbbbb", "the password repeats a few characters: use at least five different ones")]
    [InlineData("my friend annika sings", "the password contains the user's name: leave that out", "annika")]
    [InlineData("passwordpassword1", "the password is one of the first that are tried: choose another")]
    [InlineData("", "the password has 0 characters: use at least 12, such as four words that only you put together")]
    public async Task A_password_that_will_not_do_is_refused_with_the_reason_and_without_itself(string password, string why, string name = "ann")
    {
        var (code, _, error) = await RunAsync(password + "\n", "add", name, "--role", "admin");
        Assert.Equal((2, $"etrade-bot: {why}\n"), (code, error));
        Assert.False(Users.DemandsLogin);
    }

    [Fact]
    public async Task The_password_never_stands_on_the_command_line()
    {
        foreach (var way in new[] { "--password", "-p", "" })
        {
            string[] typed = way.Length > 0 ? ["add", "ann", "--role", "admin", way, Password] : ["add", "ann", Password, "--role", "admin"];
            var (code, _, error) = await RunAsync("", typed);
            Assert.Equal(2, code);
            Assert.NotEqual("", error);
        }
        Assert.False(Users.DemandsLogin);
        Assert.Equal((2, "", "etrade-bot: no password came from standard input: give it as the first line\n"), await RunAsync("", "add", "ann", "--role", "admin"));
    }

    [Theory]
    [InlineData("boss")]
    [InlineData("2")]
    [InlineData("-1")]
    public async Task A_role_that_there_is_not_is_named(string role) =>
        Assert.Equal((2, "", $"etrade-bot: --role {role} is no role: use viewer, trader or admin\n"), await RunAsync(Password, "add", "ann", $"--role={role}"));

    [Theory]
    [InlineData("remove")]
    [InlineData("reset")]
    public async Task A_name_that_nobody_has_is_named(string action)
    {
        Assert.Equal((2, "", "etrade-bot: there is no user ann: 'etrade-bot user list' shows who there is\n"), await RunAsync(Password, action, "ann"));
        Assert.False(File.Exists(_folder["users.db"]));
    }

    /// <summary>The way back for an owner who lost password, phone and recovery codes: whoever may write the state folder may go it.</summary>
    [Fact]
    public async Task A_reset_gives_a_new_password_turns_the_second_factor_off_and_ends_sessions()
    {
        await RunAsync(Password, "add", "ann", "--role", "admin");
        using var accounts = new UserAccounts(_folder.Path, TimeProvider.System);
        var secret = Totp.NewSecret();
        Assert.NotNull(await accounts.TurnTotpOnAsync("ann", secret, Totp.CodeAt(secret, TimeProvider.System.GetUtcNow())));
        Assert.Matches("ann +admin +on", (await RunAsync("", "list")).Out);
        var sessions = new SessionRegistry(Users, TimeProvider.System);
        var token = sessions.Open(Users.FindByName("ann")!, "127.0.0.1");
        Assert.NotNull(sessions.Find(token));
        Assert.Equal((0, "ann has a new password and no second factor; sessions have ended.\n", ""), await RunAsync("other words of mine", "reset", "ann"));
        Assert.Null(sessions.Find(token));
        Assert.False(Users.FindByName("ann")!.HasTotp);
        Assert.False(await accounts.IsPasswordAsync("ann", Password));
        Assert.True(await accounts.IsPasswordAsync("ann", "other words of mine"));
    }

    async Task<(int Code, string Out, string Error)> RunAsync(string input, params string[] arguments)
    {
        var stop = TestContext.Current.CancellationToken;
        using var program = Process.Start(new ProcessStartInfo(Program, ["user", .. arguments, "--data", _folder.Path]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await program.StandardInput.WriteAsync(input);
        program.StandardInput.Close();
        var error = program.StandardError.ReadToEndAsync(stop);
        var output = await program.StandardOutput.ReadToEndAsync(stop);
        await program.WaitForExitAsync(stop);
        return (program.ExitCode, output.ReplaceLineEndings("\n"), (await error).ReplaceLineEndings("\n"));
    }
}
