using EtradeBot.App.Hosting.Security;
using EtradeBot.Market;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.App.Hosting.Live;

public sealed class PriceAlertsTests : IDisposable
{
    static readonly Symbol Voltar = Symbol.Parse("VOLTAR");
    static readonly Actor Ada = new("ada", Role.Trader, () => true);

    readonly TemporaryFolder _folder = new();
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 10, 15, 0, 0, TimeSpan.Zero));
    readonly List<PriceAlert> _hit = [];

    public void Dispose() => _folder.Dispose();

    PriceAlerts Open()
    {
        var alerts = new PriceAlerts(_folder.Path, new AuditLog(_folder.Path, _time), _time);
        alerts.Hit += _hit.Add;
        return alerts;
    }

    static void See(PriceAlerts alerts, double last) => alerts.See("simulator", [(Voltar, last)]);

    [Fact]
    public void An_alert_above_the_market_is_hit_once_by_the_first_price_at_it_or_beyond()
    {
        var alerts = Open();
        alerts.Set(Ada, ("simulator", Voltar), 101.5m, 100m);
        foreach (var price in (double[])[100, 101.49, 101.5, 103, 90]) See(alerts, price);
        var hit = Assert.Single(_hit);
        Assert.Equal((101.5m, 101.5m, true, _time.GetUtcNow()), (hit.Price, hit.HitPrice, hit.IsAbove, hit.HitAt));
    }

    [Fact]
    public void An_alert_below_the_market_waits_for_a_fall()
    {
        var alerts = Open();
        alerts.Set(Ada, ("simulator", Voltar), 98m, 100m);
        See(alerts, 120);
        Assert.Empty(_hit);
        See(alerts, 97);
        Assert.Equal(97m, Assert.Single(_hit).HitPrice);
    }

    [Fact]
    public void Another_feeds_or_symbols_price_and_one_that_is_none_hit_nothing()
    {
        var alerts = Open();
        alerts.Set(Ada, ("production", Voltar), 101m, 100m);
        See(alerts, 150);
        alerts.See("production", [(Symbol.Parse("AAPL"), 150), (Voltar, double.NaN), (Voltar, double.PositiveInfinity)]);
        Assert.Empty(_hit);
    }

    [Fact]
    public void What_waits_and_what_was_hit_outlive_the_program()
    {
        var first = Open();
        first.Set(Ada, ("simulator", Voltar), 101m, 100m);
        first.Set(Ada, ("simulator", Voltar), 90m, 100m);
        See(first, 102);
        var second = Open();
        Assert.Equal([90m, 101m], second.Of("simulator", Voltar).Select(alert => alert.Price));
        See(second, 105);
        Assert.Single(_hit);
        See(second, 80);
        Assert.Equal(2, _hit.Count);
    }

    [Fact]
    public void One_that_waits_already_a_price_at_the_market_and_too_many_are_refused()
    {
        var alerts = Open();
        for (var i = 1; i <= PriceAlerts.Most; i++) alerts.Set(Ada, ("simulator", Voltar), 100 + i, 100m);
        Assert.Contains("waiting already", Assert.Throws<InvalidOperationException>(() => alerts.Set(Ada, ("simulator", Voltar), 5m, 100m)).Message, StringComparison.Ordinal);
        alerts.Remove(Ada, alerts.Of("simulator", Voltar)[0].Id);
        Assert.Contains("101 is waiting", Assert.Throws<InvalidOperationException>(() => alerts.Set(Ada, ("simulator", Voltar), 101m, 100m)).Message, StringComparison.Ordinal);
        Assert.Contains("at 100 already", Assert.Throws<InvalidOperationException>(() => alerts.Set(Ada, ("simulator", Voltar), 100m, 100m)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_deeds_of_a_person_are_audited()
    {
        var alerts = Open();
        alerts.Remove(Ada, alerts.Set(Ada, ("simulator", Voltar), 101m, 100m).Id);
        Assert.Equal([("alert.remove", "VOLTAR 101"), ("alert.set", "VOLTAR 101")], AuditReader.Read(new AuditLog(_folder.Path, _time)).Entries.Select(entry => (entry.Action, entry.Detail)));
    }

    [Theory]
    [InlineData("[{")]
    [InlineData("[{\"Id\":\"1\"}]")]
    [InlineData("null")]
    public void A_damaged_file_is_named_kept_and_used_again_once_repaired(string damaged)
    {
        var path = _folder[PriceAlerts.FileName];
        File.WriteAllText(path, damaged);
        var alerts = Open();
        Assert.Empty(alerts.Of("simulator", Voltar));
        Assert.Contains(path, alerts.Problem, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => alerts.Set(Ada, ("simulator", Voltar), 101m, 100m));
        Assert.Equal(damaged, File.ReadAllText(path));
        File.WriteAllText(path, "[]");
        alerts.Set(Ada, ("simulator", Voltar), 101m, 100m);
        Assert.Equal("", alerts.Problem);
    }
}
