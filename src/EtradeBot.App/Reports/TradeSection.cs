namespace EtradeBot.App.Reports;

/// <summary>The frame of the trade list; the page's script fills in the rows in sight.</summary>
static class TradeSection
{
    public static void Write(Html html, RunRecord run)
    {
        var count = run.Result.RoundTrips.Count;
        html.Add($"<section class=\"card\" id=\"trades\" aria-label=\"Trades\">\n<div class=\"bar\"><h2>Trades</h2><span id=\"trade-count\" role=\"status\">{Display.Count(count, "trade", "trades")}</span>");
        if (count == 0)
        {
            html.Add($"</div>\n<p class=\"empty\">No trade was closed. Orders that never filled are in orders.csv; signals that were turned down are counted above. A longer period or other parameters may give some.</p>\n</section>\n");
            return;
        }
        Filter(html);
        List(html, count);
    }

    static void Filter(Html html) =>
        html.Add($"""
            <span class="push"></span>
            <label>Show <select id="kind"><option value="all">all</option><option value="wins">winners</option><option value="losses">losers</option><option value="long">long</option><option value="short">short</option></select></label>
            <label>Find <input id="find" type="search" placeholder="reason, symbol, date  ( / )" autocomplete="off" spellcheck="false"></label></div>

            """);

    static void List(Html html, int count) =>
        html.Add($"""
            <div class="list" id="list" tabindex="0"><table aria-rowcount="{count}"><thead><tr>
            <th></th>
            <th aria-sort="ascending"><button type="button" data-sort="number">#</button></th>
            <th class="wide"><button type="button" data-sort="symbol">Symbol</button></th>
            <th><button type="button" data-sort="side">Side</button></th>
            <th class="right wide"><button type="button" data-sort="shares">Shares</button></th>
            <th><button type="button" data-sort="entry">Entry</button></th>
            <th class="right wide"><button type="button" data-sort="entryPrice">at</button></th>
            <th class="wide"><button type="button" data-sort="exit">Exit</button></th>
            <th class="right wide"><button type="button" data-sort="exitPrice">at</button></th>
            <th class="right"><button type="button" data-sort="pnl">P&amp;L</button></th>
            <th class="right mid"><button type="button" data-sort="percent">%</button></th>
            <th class="right"><button type="button" data-sort="r">R</button></th>
            <th class="right wide"><button type="button" data-sort="mae" title="Worst open loss">MAE</button></th>
            <th class="right wide"><button type="button" data-sort="mfe" title="Best open profit">MFE</button></th>
            <th class="right wide"><button type="button" data-sort="held" title="Candles from entry to exit">Held</button></th>
            <th class="wide"><button type="button" data-sort="exitReason">Left because</button></th>
            </tr></thead><tbody id="rows"></tbody></table></div>
            <p class="note">Click a trade to see it in the chart, a mark in the chart to see its row. <kbd>j</kbd> <kbd>k</kbd> next and previous, <kbd>Enter</kbd> orders of the trade, <kbd>Esc</kbd> whole period, <kbd>/</kbd> find.</p>
            </section>

            """);
}
