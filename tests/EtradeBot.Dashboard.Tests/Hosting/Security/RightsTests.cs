using System.Reflection;
using EtradeBot.App.Dashboard.Security;
using EtradeBot.App.Hosting.Backtests;
using EtradeBot.App.Hosting.Bots;
using EtradeBot.App.Hosting.Configuration;
using EtradeBot.App.Hosting.Live;
using EtradeBot.App.Hosting.Orders;

namespace EtradeBot.App.Hosting.Security;

/// <summary>Every method of the services that is told who asks: what it takes at least, and that it looks at that before anything else.</summary>
public sealed class RightsTests : IAsyncLifetime
{
    const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>By type and method: the least role. A new method has to be thought about and written down here.</summary>
    static readonly Dictionary<string, Role> Least = new()
    {
        [$"{nameof(OrderDesk)}.{nameof(OrderDesk.PreviewAsync)}"] = Role.Trader,
        [$"{nameof(OrderDesk)}.{nameof(OrderDesk.PreviewChangeAsync)}"] = Role.Trader,
        [$"{nameof(OrderDesk)}.{nameof(OrderDesk.PlaceAsync)}"] = Role.Trader,
        [$"{nameof(OrderDesk)}.{nameof(OrderDesk.PlaceChangeAsync)}"] = Role.Trader,
        [$"{nameof(OrderDesk)}.{nameof(OrderDesk.CancelAsync)}"] = Role.Trader,
        [$"{nameof(OrderDesk)}.{nameof(OrderDesk.StopEntriesAsync)}"] = Role.Trader,
        [$"{nameof(OrderDesk)}.{nameof(OrderDesk.ResumeEntriesAsync)}"] = Role.Trader,
        [$"{nameof(OrderDesk)}.{nameof(OrderDesk.ConfirmAbsent)}"] = Role.Trader,
        [$"{nameof(OrderDesk)}.{nameof(OrderDesk.ConfirmNumber)}"] = Role.Trader,
        [$"{nameof(OrderDesk)}.{nameof(OrderDesk.Leave)}"] = Role.Trader,
        [$"{nameof(LiveSession)}.{nameof(LiveSession.AddAsync)}"] = Role.Trader,
        [$"{nameof(LiveSession)}.{nameof(LiveSession.RemoveAsync)}"] = Role.Trader,
        [$"{nameof(LiveSession)}.{nameof(LiveSession.MoveAsync)}"] = Role.Trader,
        [$"{nameof(PriceAlerts)}.{nameof(PriceAlerts.Set)}"] = Role.Trader,
        [$"{nameof(PriceAlerts)}.{nameof(PriceAlerts.Remove)}"] = Role.Trader,
        [$"{nameof(BacktestDesk)}.{nameof(BacktestDesk.Start)}"] = Role.Trader,
        [$"{nameof(BacktestDesk)}.{nameof(BacktestDesk.Cancel)}"] = Role.Trader,
        [$"{nameof(BacktestDesk)}.{nameof(BacktestDesk.Delete)}"] = Role.Trader,
        [$"{nameof(BacktestPresets)}.{nameof(BacktestPresets.Save)}"] = Role.Trader,
        [$"{nameof(BacktestPresets)}.{nameof(BacktestPresets.Delete)}"] = Role.Trader,
        [$"{nameof(DiagnosticsBundle)}.{nameof(DiagnosticsBundle.Make)}"] = Role.Admin,
        [$"{nameof(BrokerLogin)}.{nameof(BrokerLogin.BeginAsync)}"] = Role.Admin,
        [$"{nameof(BrokerLogin)}.{nameof(BrokerLogin.CompleteAsync)}"] = Role.Admin,
        [$"{nameof(BrokerLogin)}.{nameof(BrokerLogin.LogOutAsync)}"] = Role.Admin,
        [$"{nameof(BrokerLogin)}.{nameof(BrokerLogin.AccountsAsync)}"] = Role.Viewer,
        [$"{nameof(SettingsEditor)}.{nameof(SettingsEditor.History)}"] = Role.Admin,
        [$"{nameof(SettingsEditor)}.{nameof(SettingsEditor.SaveAsync)}"] = Role.Admin,
        [$"{nameof(SettingsEditor)}.{nameof(SettingsEditor.UndoAsync)}"] = Role.Admin,
        [$"{nameof(HistoryDownloads)}.{nameof(HistoryDownloads.Start)}"] = Role.Admin,
        [$"{nameof(HistoryDownloads)}.{nameof(HistoryDownloads.Cancel)}"] = Role.Admin,
        [$"{nameof(DataDesk)}.{nameof(DataDesk.InspectAsync)}"] = Role.Admin,
        [$"{nameof(DataDesk)}.{nameof(DataDesk.Store)}"] = Role.Admin,
        [$"{nameof(DataDesk)}.{nameof(DataDesk.StoreDemo)}"] = Role.Admin,
        [$"{nameof(StateBackup)}.{nameof(StateBackup.Make)}"] = Role.Admin,
        [$"{nameof(StateBackup)}.{nameof(StateBackup.Check)}"] = Role.Admin,
        [$"{nameof(StateBackup)}.{nameof(StateBackup.Restore)}"] = Role.Admin,
        [$"{nameof(StateBackup)}.{nameof(StateBackup.Cancel)}"] = Role.Admin,
        [$"{nameof(LiveLock)}.{nameof(LiveLock.OpenAsync)}"] = Role.Trader,
        [$"{nameof(LiveLock)}.{nameof(LiveLock.Close)}"] = Role.Trader,
        [$"{nameof(TradingHost)}.{nameof(TradingHost.StartBot)}"] = Role.Trader,
        [$"{nameof(TradingHost)}.{nameof(TradingHost.StopBot)}"] = Role.Trader,
        [$"{nameof(TradeNotes)}.{nameof(TradeNotes.Save)}"] = Role.Trader,
        [$"{nameof(UserDesk)}.{nameof(UserDesk.AddAsync)}"] = Role.Admin,
        [$"{nameof(UserDesk)}.{nameof(UserDesk.RemoveAsync)}"] = Role.Admin,
        [$"{nameof(UserDesk)}.{nameof(UserDesk.SetRoleAsync)}"] = Role.Admin,
        [$"{nameof(UserDesk)}.{nameof(UserDesk.ResetAsync)}"] = Role.Admin,
        [$"{nameof(UserDesk)}.{nameof(UserDesk.UsersFor)}"] = Role.Admin,
        [$"{nameof(UserDesk)}.{nameof(UserDesk.AuditFor)}"] = Role.Admin,
        // The own session ends with any role; this is about somebody else's.
        [$"{nameof(UserDesk)}.{nameof(UserDesk.EndSession)}"] = Role.Admin,
        [$"{nameof(UserDesk)}.{nameof(UserDesk.ChangeOwnPasswordAsync)}"] = Role.Viewer,
        [$"{nameof(UserDesk)}.{nameof(UserDesk.TurnTotpOnAsync)}"] = Role.Viewer,
        [$"{nameof(UserDesk)}.{nameof(UserDesk.TurnTotpOffAsync)}"] = Role.Viewer,
        [$"{nameof(UserDesk)}.{nameof(UserDesk.RecoveryCodesLeftAsync)}"] = Role.Viewer,
        [$"{nameof(UserDesk)}.{nameof(UserDesk.SessionsFor)}"] = Role.Viewer,
        [$"{nameof(UserDesk)}.{nameof(UserDesk.OwnAccount)}"] = Role.Viewer,
        [$"{nameof(StepUp)}.{nameof(StepUp.RequireAsync)}"] = Role.Viewer,
    };

    /// <summary>Those that change nothing for anybody, with the reason; the caller has checked where something follows.</summary>
    static readonly Dictionary<string, string> Harmless = new()
    {
        [$"{nameof(AuditLog)}.{nameof(AuditLog.Write)}"] = "takes a note of what was allowed",
        [$"{nameof(PreviewStep)}.{nameof(PreviewStep.NewAsync)}"] = "a step of the order desk, which has checked",
        [$"{nameof(PreviewStep)}.{nameof(PreviewStep.ChangeAsync)}"] = "a step of the order desk, which has checked",
        [$"{nameof(SettleStep)}.{nameof(SettleStep.Absent)}"] = "a step of the order desk, which has checked",
        [$"{nameof(SettleStep)}.{nameof(SettleStep.Number)}"] = "a step of the order desk, which has checked",
        [$"{nameof(LoginDesk)}.{nameof(LoginDesk.LogOut)}"] = "ends the own session",
        [$"{nameof(StepUp)}.{nameof(StepUp.AsksForCode)}"] = "says which fields a page needs",
    };

    RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(("ada", Role.Admin), ("tom", Role.Trader), ("vera", Role.Viewer));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public void Every_method_that_is_told_who_asks_is_in_the_table() =>
        Assert.Equal(Least.Keys.Concat(Harmless.Keys).Order(StringComparer.Ordinal), Methods().Select(Name).Distinct().Order(StringComparer.Ordinal));

    /// <summary>Everything but the person is left out: what looked at it before the right would fail otherwise, what did anything would leave a trace.</summary>
    [Fact]
    public async Task Whoever_lacks_the_role_is_refused_before_anything_else_and_nothing_changes()
    {
        var called = 0;
        foreach (var method in Methods().Where(method => Least.ContainsKey(Name(method))))
            foreach (var actor in new[] { Actors.Viewer, Actors.Trader, Actors.Dead }.Where(actor => !actor.May(Least[Name(method)])))
            {
                var problem = await Record.ExceptionAsync(() => CallAsync(method, actor));
                Assert.True(problem is NotAllowedException, $"{Name(method)} asked by {actor.Name}: {problem?.GetType().Name ?? "no refusal"} {problem?.Message}");
                called++;
            }
        Assert.True(called > 2 * Least.Count);
        Assert.Empty(AuditReader.Read(_server.Get<AuditLog>()).Entries);
        Assert.False(_server.Get<OrderDesk>().AreEntriesStopped);
        Assert.Empty(_server.Get<BacktestDesk>().Runs);
        Assert.Equal(3, _server.Get<UserDirectory>().Users.Count);
        Assert.DoesNotContain(Directory.EnumerateFiles(_server.Folder).Select(Path.GetFileName), name => name is "orders.jsonl" or "settings.json" or "audit.jsonl" or "backtest-presets.json");
    }

    [Fact]
    public async Task The_simulators_clock_is_for_traders()
    {
        await using var running = await RunningSession.StartAsync(Path.Combine(_server.Folder, "other"));
        await running.UntilAsync(_ => running.Session.Simulation is not null);
        var simulation = running.Session.Simulation!;
        foreach (var actor in new[] { Actors.Viewer, Actors.Dead }) Assert.Throws<NotAllowedException>(() => simulation.SetSpeed(actor, 60));
        simulation.SetSpeed(Actors.Trader, 60);
    }

    static IEnumerable<MethodInfo> Methods() =>
        from type in typeof(Actor).Assembly.GetTypes()
        where type.Namespace?.StartsWith("EtradeBot.App.Hosting", StringComparison.Ordinal) == true && !type.IsNested
        from method in type.GetMethods(Declared)
        where !method.IsPrivate && method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Actor))
        select method;

    static string Name(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    async Task CallAsync(MethodInfo method, Actor actor)
    {
        var service = _server.Services.GetService(method.DeclaringType!);
        Assert.True(service is not null, $"{method.DeclaringType!.Name} is no service of the program");
        if (method.Invoke(service, BindingFlags.DoNotWrapExceptions, null, [.. method.GetParameters().Select(parameter => Nothing(parameter.ParameterType, actor))], null) is Task task) await task;
    }

    static object? Nothing(Type type, Actor actor) =>
        type == typeof(Actor) ? actor
        : type.IsValueType ? Activator.CreateInstance(type)
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? Array.CreateInstance(type.GenericTypeArguments[0], 0)
        : null;
}
