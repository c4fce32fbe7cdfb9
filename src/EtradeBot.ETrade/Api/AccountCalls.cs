using EtradeBot.Brokers;
using EtradeBot.ETrade.Http;
using EtradeBot.ETrade.Wire;
using EtradeBot.Market;

namespace EtradeBot.ETrade.Api;

/// <summary>Accounts, money, positions and history.</summary>
sealed class AccountCalls(WireCaller caller, TimeProvider time)
{
    const int PageSize = 50;

    /// <summary>10,000 lines, far beyond any account of a person: what goes on longer does not end.</summary>
    const int MostPages = 200;

    const int MostReadings = 4;

    public Task<IReadOnlyList<BrokerageAccount>> ListAsync(CancellationToken stop) =>
        caller.ReadListAsync(Get("/accounts/list.json", "list the accounts"), "AccountListResponse", AccountReader.Accounts, stop);

    public Task<AccountBalance> BalanceAsync(string key, CancellationToken stop)
    {
        var call = Get(ApiPaths.Account(key, "balance.json"), "read the balance") with { Query = [("instType", "BROKERAGE"), ("realTimeNAV", "true")] };
        return caller.ReadAsync(call, "BalanceResponse", AccountReader.Balance, stop);
    }

    /// <summary>All pages. More than one is read until two readings in a row name the same positions: some are opened and closed meanwhile.</summary>
    public async Task<Portfolio> PortfolioAsync(string key, CancellationToken stop)
    {
        List<long>? before = null;
        for (var reading = 1; reading <= MostReadings; reading++)
        {
            var pages = await PortfolioPagesAsync(key, stop);
            var positions = pages.SelectMany(page => page.Positions).ToList();
            var ids = positions.ConvertAll(position => position.PositionId);
            if (pages.Count == 1 || before is not null && ids.SequenceEqual(before) && ids.Distinct().Count() == ids.Count)
                return new Portfolio(positions, pages[0].MarketValue, pages[0].CashBalance);
            before = ids;
        }
        throw new BrokerException(BrokerFault.TryAgain, RequestFate.Refused, "The portfolio changed each time while its pages were read: read it again in a moment.");
    }

    async Task<List<PortfolioPage>> PortfolioPagesAsync(string key, CancellationToken stop)
    {
        var pages = new List<PortfolioPage>();
        while (pages.Count < MostPages)
        {
            var page = await caller.ReadOrNullAsync(PortfolioCall(key, pages.Count + 1), "PortfolioResponse", AccountReader.PortfolioPage, stop);
            pages.Add(page ?? PortfolioPage.Empty);
            if (page is null || page.Positions.Count == 0 || !(page.HasNext || page.Pages > pages.Count)) break;
        }
        return pages;
    }

    /// <summary>Sorted by symbol: by value, which is the broker's choice, positions would change pages while prices move.</summary>
    static ETradeCall PortfolioCall(string key, int page) => Get(ApiPaths.Account(key, "portfolio.json"), "read the portfolio") with
    {
        Query =
        [
            ("count", ApiPaths.Number(PageSize)),
            ("pageNumber", ApiPaths.Number(page)),
            ("sortBy", "SYMBOL"),
            ("sortOrder", "ASC"),
            ("totalsRequired", "true"),
            ("view", "QUICK"),
        ],
    };

    public Task<IReadOnlyList<PositionLot>> LotsAsync(string key, long positionId, CancellationToken stop) =>
        caller.ReadListAsync(
            Get(ApiPaths.Account(key, $"portfolio/{ApiPaths.Number(positionId)}.json"), "read the lots of a position"),
            "PositionLotsResponse",
            AccountReader.Lots,
            stop);

    public async Task<IReadOnlyList<AccountTransaction>> TransactionsAsync(string key, TransactionQuery query, CancellationToken stop)
    {
        var days = Days(query);
        var lines = new Dictionary<string, AccountTransaction>(StringComparer.Ordinal);
        var order = new List<AccountTransaction>();
        var markers = new HashSet<string>(StringComparer.Ordinal) { "" };
        for (var marker = ""; ;)
        {
            var call = Get(ApiPaths.Account(key, "transactions.json"), "read the transactions") with
            {
                Query = [.. days, ("sortOrder", "DESC"), ("count", ApiPaths.Number(PageSize)), .. marker.Length > 0 ? [("marker", marker)] : Array.Empty<(string, string)>()],
            };
            var page = await caller.ReadOrNullAsync(call, "TransactionListResponse", AccountReader.TransactionPage, stop) ?? TransactionPage.Empty;
            // Pages may overlap by a line that arrived meanwhile; within a page a number stands for one line.
            foreach (var line in page.Lines)
                if (lines.TryAdd(line.Id, line)) order.Add(line);
            marker = page.Marker;
            if (!markers.Add(marker) || page.Lines.Count == 0 || markers.Count > MostPages) return order;
        }
    }

    public Task<AccountTransaction?> TransactionAsync(string key, string id, CancellationToken stop)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        if (!id.All(char.IsAsciiLetterOrDigit)) throw ApiPaths.NotSent($"'{id}' is no number of a transaction: use one that the list of transactions shows");
        return caller.FindAsync<AccountTransaction>(
            Get(ApiPaths.Account(key, $"transactions/{id}.json"), "read a transaction"),
            "TransactionDetailsResponse",
            AccountReader.Transaction,
            stop);
    }

    /// <summary>Both days or none, as the broker wants them.</summary>
    (string, string)[] Days(TransactionQuery query)
    {
        if (query.From is null && query.To is null) return [];
        var today = MarketCalendar.Nyse.DayOf(time.GetUtcNow());
        var (from, to) = (query.From ?? today.AddYears(-2).AddDays(1), query.To ?? today);
        if (from > to) throw ApiPaths.NotSent($"the first day, {from:yyyy-MM-dd}, is after the last, {to:yyyy-MM-dd}: swap them");
        return [("startDate", WireTime.Query(from)), ("endDate", WireTime.Query(to))];
    }

    static ETradeCall Get(string path, string what) => new(HttpMethod.Get, ETradeModule.Accounts, path, what);
}
