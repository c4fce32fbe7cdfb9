using Microsoft.AspNetCore.Components;

namespace EtradeBot.App.Dashboard.Parts;

public class PageQueryTests
{
    readonly SlowBrowser _browser = new();

    [Fact]
    public void A_value_set_while_another_is_on_its_way_keeps_it()
    {
        using var query = new PageQuery(_browser);
        query.Set("tab", "positions");
        query.Set("range", "1-2", replace: true);
        _browser.Arrive();
        Assert.EndsWith("/?symbol=MSFT&tab=positions", _browser.Uri, StringComparison.Ordinal);
        query.Set("t", "5m");
        _browser.Arrive();
        _browser.Arrive();
        Assert.EndsWith("/?symbol=MSFT&tab=positions&range=1-2&t=5m", _browser.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_value_again_is_no_step_in_the_history()
    {
        using var query = new PageQuery(_browser);
        query.Set("tab", "positions");
        query.Set("tab", "positions");
        Assert.Equal(1, _browser.Waiting);
    }

    [Fact]
    public void After_another_page_was_opened_nothing_of_the_first_is_kept()
    {
        using var query = new PageQuery(_browser);
        query.Set("tab", "positions");
        _browser.NavigateTo("http://localhost/scanner?sort=symbol");
        _browser.ArriveLast();
        query.Set("sort", "time");
        _browser.Arrive();
        Assert.EndsWith("/scanner?sort=time", _browser.Uri, StringComparison.Ordinal);
    }

    /// <summary>An address that is asked for shows only after it has been to the browser and back.</summary>
    sealed class SlowBrowser : NavigationManager
    {
        readonly List<string> _asked = [];

        public SlowBrowser() => Initialize("http://localhost/", "http://localhost/?symbol=MSFT");

        public int Waiting => _asked.Count;

        public void Arrive() => ArriveAt(0);

        public void ArriveLast()
        {
            ArriveAt(_asked.Count - 1);
            _asked.Clear();
        }

        protected override void NavigateToCore(string uri, NavigationOptions options) => _asked.Add(uri);

        void ArriveAt(int index)
        {
            Uri = _asked[index];
            _asked.RemoveAt(index);
            NotifyLocationChanged(isInterceptedLink: false);
        }
    }
}
