using System.Text;
using System.Text.Json;
using EtradeBot.Simulator.Protocol;

namespace EtradeBot.Bench;

/// <summary>How much the simulated broker serves in a processor second: signature checked, market moved on, answer written.</summary>
/// <remarks>Without a socket. Requests are signed before the measured part; rates are better the larger they are, and have no target.</remarks>
static class SimulatorRows
{
    const int QuoteCalls = 100;
    const int Orders = 250;

    public static IEnumerable<BenchRow> Rows(int runs)
    {
        yield return new($"simulator: quotes, {ETradeRows.SymbolsPerRequest} a call", "1000/s", null, "", () =>
            new([.. Measured(runs, QuotesSeconds).Select(each => QuoteCalls * ETradeRows.SymbolsPerRequest / each / 1000)]));
        yield return new("simulator: orders previewed and placed", "1/s", null, "", () =>
            new([.. Measured(runs, OrdersSeconds).Select(each => Orders / each)], $"{Orders} orders of one customer"));
    }

    /// <summary>Each run has a broker of its own: books that grow from run to run would tell of the number of runs.</summary>
    static double[] Measured(int runs, Func<SimulatorCustomer, double> work) => WarmedUp.Runs(runs, () => work(SimulatorCustomer.LoggedIn()));

    static double QuotesSeconds(SimulatorCustomer customer)
    {
        // The day of a symbol is drawn when it is first asked for.
        Served(customer, customer.Signed("GET", ETradeRows.QuotePath));
        return Timed(QuoteCalls, () => customer.Signed("GET", ETradeRows.QuotePath), request => Served(customer, request));
    }

    static double OrdersSeconds(SimulatorCustomer customer)
    {
        Served(customer, customer.Signed("GET", ETradeRows.QuotePath));
        var (path, number) = ($"/v1/accounts/{customer.AccountKey}/orders", 0);
        return Timed(Orders, () => (Preview: customer.Signed("POST", path + "/preview.json"), Place: customer.Signed("POST", path + "/place.json")), signed =>
        {
            var preview = Served(customer, signed.Preview with { Body = Order("PreviewOrderRequest", number, "") });
            using var json = JsonDocument.Parse(preview.Body);
            var id = json.RootElement.GetProperty("PreviewOrderResponse").GetProperty("PreviewIds")[0].GetProperty("previewId").GetInt64();
            Served(customer, signed.Place with { Body = Order("PlaceOrderRequest", number, FormattableString.Invariant($"<PreviewIds><previewId>{id}</previewId></PreviewIds>")) });
            number++;
        });
    }

    /// <returns>Processor seconds of the work alone.</returns>
    static double Timed<T>(int count, Func<T> prepare, Action<T> work)
    {
        var prepared = Enumerable.Range(0, count).Select(_ => prepare()).ToList();
        var before = CpuTime.OfThisProcess;
        foreach (var one in prepared) work(one);
        return CpuTime.OfThisProcess - before;
    }

    static SimulatorResponse Served(SimulatorCustomer customer, SimulatorRequest request)
    {
        var response = customer.Send(request);
        return response.Status == 200 ? response : throw new InvalidOperationException($"status {response.Status}: {Encoding.UTF8.GetString(response.Body.Span)}");
    }

    static byte[] Order(string root, int number, string preview) => Encoding.UTF8.GetBytes(FormattableString.Invariant($"""
        <{root}><orderType>EQ</orderType><clientOrderId>c{number}</clientOrderId>{preview}<Order><allOrNone>false</allOrNone><priceType>MARKET</priceType><orderTerm>GOOD_FOR_DAY</orderTerm><marketSession>REGULAR</marketSession><Instrument><Product><securityType>EQ</securityType><symbol>{ETradeRows.Symbols[number % ETradeRows.SymbolsPerRequest].Ticker}</symbol></Product><orderAction>BUY</orderAction><quantityType>QUANTITY</quantityType><quantity>1</quantity></Instrument></Order></{root}>
        """));
}
