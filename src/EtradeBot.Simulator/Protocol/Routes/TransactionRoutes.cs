using System.Globalization;
using EtradeBot.Market;
using EtradeBot.Simulator.Accounts;
using EtradeBot.Simulator.Protocol.Rendering;

namespace EtradeBot.Simulator.Protocol.Routes;

/// <summary>The history of an account.</summary>
sealed class TransactionRoutes(World world)
{
    const int MostAtOnce = 50;

    public Answer List(Visit visit)
    {
        var count = visit.Number("count") ?? MostAtOnce;
        if (count > MostAtOnce) return Answer.Of(new Refusal(100, 500, "The requested service is not currently available, please try later."));
        if (count < 1) return Answer.Refused("count must be at least 1.");
        var found = world.Broker.Transactions(visit.Arguments[0]);
        if (found.Refusal is { } refusal) return Answer.Of(refusal);
        var all = Asked(found.Value!, visit);
        var start = Start(all, visit.Query("marker"));
        if (start < 0) return Answer.Refused("The marker is not one of this list.");
        var page = all.Skip(start).Take(count).ToList();
        if (page.Count == 0) return Answer.Empty;
        return Answer.Of("TransactionListResponse", Page(visit, all, page, start + page.Count));
    }

    public Answer Detail(Visit visit)
    {
        var (key, id) = (visit.Arguments[0], visit.Arguments[1]);
        var found = world.Broker.Transactions(key);
        if (found.Refusal is { } refusal) return Answer.Of(refusal);
        var line = found.Value!.FirstOrDefault(line => line.Id == id);
        return line is null ? Answer.Refused("There is no such transaction.", 404) : Answer.Of("TransactionDetailsResponse", Details(line, NumberOf(key)));
    }

    /// <summary>The days and the order asked for.</summary>
    static List<CustomerTransaction> Asked(IReadOnlyList<CustomerTransaction> lines, Visit visit)
    {
        var (from, to) = (visit.Day("startDate"), visit.Day("endDate"));
        var calendar = MarketCalendar.Nyse;
        var asked = lines.Where(line => (from is null || calendar.DayOf(line.At) >= from) && (to is null || calendar.DayOf(line.At) <= to)).ToList();
        if (visit.Word("sortOrder", "ASC", "DESC") == "ASC") asked.Reverse();
        return asked;
    }

    /// <summary>The place after the line a marker names, the last of the page before; below 0 when it names none.</summary>
    static int Start(List<CustomerTransaction> lines, string? marker)
    {
        if (marker is null) return 0;
        var last = lines.FindIndex(line => Marker(line) == marker);
        return last < 0 ? last : last + 1;
    }

    static string Marker(CustomerTransaction line) => string.Create(CultureInfo.InvariantCulture, $"{line.Id}_{Wire.Seconds(line.At)}");

    Element Page(Visit visit, List<CustomerTransaction> all, List<CustomerTransaction> page, int end)
    {
        var number = NumberOf(visit.Arguments[0]);
        var more = end < all.Count;
        var answer = new Element { { "pageMarkers", "" }, { "moreTransactions", more }, { "transactionCount", page.Count }, { "totalCount", all.Count } };
        if (more)
        {
            answer.Add("next", visit.Link($"accounts/{visit.Arguments[0]}/transactions", $"marker={Marker(page[^1])}"));
            answer.Add("marker", Marker(page[^1]));
        }
        answer.Add("Transaction", page.Select(line => Listed(visit, line, number)));
        return answer;
    }

    static Element Listed(Visit visit, CustomerTransaction line, string accountNumber)
    {
        var listed = Head(line, accountNumber);
        listed.Add("transactionType", line.Type);
        listed.Add("memo", " ");
        listed.Add("imageFlag", false);
        listed.Add("instType", "BROKERAGE");
        listed.Add("storeId", 0);
        listed.Add("brokerage", Brokerage(line));
        listed.Add("detailsURI", visit.Link($"accounts/{visit.Arguments[0]}/transactions") + $"/{line.Id}?storeId=0");
        return listed;
    }

    static Element Details(CustomerTransaction line, string accountNumber)
    {
        var details = Head(line, accountNumber);
        details.Add("Category", new Element { { "categoryId", "0" }, { "parentId", "0" } });
        var brokerage = new Element { { "transactionType", line.Type } };
        foreach (var member in Brokerage(line)) brokerage.Add(member);
        brokerage.Add("memo", " ");
        brokerage.Add("orderNo", "0");
        details.Add("brokerage", brokerage);
        return details;
    }

    static Element Head(CustomerTransaction line, string accountNumber) => new()
    {
        { "transactionId", line.Id },
        { "accountId", accountNumber },
        { "transactionDate", Wire.Milliseconds(line.At) },
        { "postDate", line.PostedAt is { } posted ? Wire.Milliseconds(posted) : 0 },
        { "amount", line.Amount },
        { "description", line.Description },
    };

    static Element Brokerage(CustomerTransaction line)
    {
        var product = new Element();
        if (line.Ticker is { } ticker)
        {
            product.Add("symbol", ticker);
            product.Add("securityType", "EQ");
        }
        return new Element
        {
            { "product", product },
            { "quantity", Scalar.Whole(line.Quantity) },
            { "price", line.Price },
            { "settlementCurrency", "USD" },
            { "paymentCurrency", "USD" },
            { "fee", Scalar.Whole(line.Fee) },
            { "displaySymbol", line.Ticker ?? "" },
            { "settlementDate", line.SettlesAt is { } at ? Wire.Milliseconds(at) : 0 },
        };
    }

    string NumberOf(string key) => world.Broker.Accounts.First(account => account.Key == key).Number;
}
