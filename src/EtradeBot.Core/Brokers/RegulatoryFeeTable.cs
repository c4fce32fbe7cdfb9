namespace EtradeBot.Brokers;

/// <summary>The fees a broker passes on with each sale, by the day of the trade. Each is rounded up to a cent, as brokers bill it.</summary>
/// <remarks>SEC: Exchange Act section 31, fee rate advisories, dollars per million sold. FINRA: Trading Activity Fee, By-Laws
/// Schedule A section 1, dollars a share with a cap a trade. Days before the first entry use the first entry.</remarks>
static class RegulatoryFeeTable
{
    static readonly (DateOnly From, decimal PerMillion)[] Section31 =
    [
        (new(2013, 5, 25), 17.40m),
        (new(2014, 3, 18), 22.10m),
        (new(2015, 2, 14), 18.40m),
        (new(2016, 2, 16), 21.80m),
        (new(2017, 7, 4), 23.10m),
        (new(2018, 5, 22), 13.00m),
        (new(2019, 4, 16), 20.70m),
        (new(2020, 2, 18), 22.10m),
        (new(2021, 2, 25), 5.10m),
        (new(2022, 5, 14), 22.90m),
        (new(2023, 2, 27), 8.00m),
        (new(2024, 5, 22), 27.80m),
        (new(2025, 5, 14), 0.00m),
    ];

    static readonly (DateOnly From, decimal PerShare, decimal Cap)[] TradingActivity =
    [
        (new(2011, 7, 1), 0.000090m, 4.50m),
        (new(2012, 7, 1), 0.000119m, 5.95m),
        (new(2022, 1, 1), 0.000130m, 6.49m),
        (new(2023, 1, 1), 0.000145m, 7.27m),
        (new(2024, 1, 1), 0.000166m, 8.30m),
    ];

    public static decimal OnSale(int shares, decimal value, DateOnly day)
    {
        var section31 = Section31[0].PerMillion;
        foreach (var (from, perMillion) in Section31)
            if (from <= day) section31 = perMillion;
        var (activity, cap) = (TradingActivity[0].PerShare, TradingActivity[0].Cap);
        foreach (var (from, perShare, most) in TradingActivity)
            if (from <= day) (activity, cap) = (perShare, most);
        return RoundUp(value * section31 / 1_000_000) + RoundUp(Math.Min(activity * shares, cap));
    }

    static decimal RoundUp(decimal dollars) => decimal.Round(dollars, 2, MidpointRounding.ToPositiveInfinity);
}
