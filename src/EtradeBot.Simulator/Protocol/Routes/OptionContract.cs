using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using EtradeBot.Market;
using EtradeBot.Simulator.Market;

namespace EtradeBot.Simulator.Protocol.Routes;

/// <summary>An option on a share, named <c>UNDERLIER:YYYY:M:D:CALL|PUT:STRIKE</c>.</summary>
sealed record OptionContract(Symbol Underlier, DateOnly Expires, bool IsCall, decimal Strike)
{
    const int NameParts = 6;
    const decimal HighestStrike = 99_999;

    public string Type => IsCall ? "CALL" : "PUT";

    /// <summary>21 characters: underlier padded with hyphens to 6, YYMMDD, C or P, strike times 1000 in 8 digits.</summary>
    public string OsiKey => string.Create(CultureInfo.InvariantCulture, $"{Underlier.Ticker.PadRight(6, '-')}{Expires:yyMMdd}{(IsCall ? 'C' : 'P')}{(long)(Strike * 1000):D8}");

    /// <summary><c>AAPL Mar 20 '26 $240 Call</c></summary>
    public string Display => string.Create(CultureInfo.InvariantCulture, $"{Underlier.Ticker} {Expires:MMM dd} '{Expires:yy} ${Strike:0.##} {(IsCall ? "Call" : "Put")}");

    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Underlier.Ticker}:{Expires.Year}:{Expires.Month}:{Expires.Day}:{Type}:{Strike:0.000000}");

    public static bool TryParse(string text, [NotNullWhen(true)] out OptionContract? contract)
    {
        contract = null;
        var parts = text.Split(':');
        if (parts.Length != NameParts || !Symbol.TryParse(parts[0], out var underlier)) return false;
        if (!DateOnly.TryParseExact($"{parts[1]}-{parts[2]}-{parts[3]}", "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var expires)) return false;
        if (parts[4].ToUpperInvariant() is not ("CALL" or "PUT")) return false;
        if (!decimal.TryParse(parts[5], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var strike) || strike is <= 0 or > HighestStrike) return false;
        contract = new OptionContract(underlier, expires, parts[4].Equals("CALL", StringComparison.OrdinalIgnoreCase), strike);
        return true;
    }
}

/// <summary>An option at a price of its share: the formula of Black and Scholes, rounded to cents with a spread around it.</summary>
/// <remarks>Black and Scholes, The pricing of options and corporate liabilities, Journal of Political Economy 81 (1973). No dividends.</remarks>
sealed class PricedOption
{
    const double RateOfInterest = 0.04;
    const double LowestPrice = 0.01;

    readonly double _d1;
    readonly double _d2;
    readonly double _years;
    readonly double _discount;
    readonly double _spot;
    readonly double _strike;

    public PricedOption(OptionContract contract, MarketQuote share)
    {
        Contract = contract;
        var calendar = MarketCalendar.Nyse;
        var end = calendar.At(contract.Expires, new TimeOnly(16, 0));
        DaysLeft = Math.Max(contract.Expires.DayNumber - calendar.DayOf(share.At).DayNumber, 0);
        _spot = share.Last > 0 ? share.Last : share.PreviousClose;
        _strike = (double)contract.Strike;
        // A minute is left at least: at zero the formula divides by it.
        _years = Math.Max((end - share.At).TotalDays, 1.0 / 1440) / 365;
        Volatility = Company.Of(contract.Underlier.Ticker).Beta * 0.25;
        _discount = Math.Exp(-RateOfInterest * _years);
        var deviation = Volatility * Math.Sqrt(_years);
        _d1 = _spot > 0 ? (Math.Log(_spot / _strike) + (RateOfInterest + Volatility * Volatility / 2) * _years) / deviation : -40;
        _d2 = _d1 - deviation;
    }

    public OptionContract Contract { get; }

    public int DaysLeft { get; }

    /// <summary>A year, as a fraction.</summary>
    public double Volatility { get; }

    public double Price => Math.Round(Math.Max(Exact, LowestPrice), 2);

    public double Bid => Math.Round(Math.Max(Price - HalfSpread, 0), 2);

    public double Ask => Math.Round(Price + HalfSpread, 2);

    public double Intrinsic => Math.Round(Math.Max(Contract.IsCall ? _spot - _strike : _strike - _spot, 0), 2);

    public double TimePremium => Math.Round(Math.Max(Price - Intrinsic, 0), 2);

    public double Delta => Math.Round(Contract.IsCall ? Normal(_d1) : Normal(_d1) - 1, 4);

    public double Gamma => _spot > 0 ? Math.Round(Density(_d1) / (_spot * Volatility * Math.Sqrt(_years)), 4) : 0;

    /// <summary>Dollars for one per cent of volatility.</summary>
    public double Vega => Math.Round(_spot * Density(_d1) * Math.Sqrt(_years) / 100, 4);

    /// <summary>Dollars a day.</summary>
    public double Theta => Math.Round((-_spot * Density(_d1) * Volatility / (2 * Math.Sqrt(_years)) - Sign * RateOfInterest * _strike * _discount * Normal(Sign * _d2)) / 365, 4);

    /// <summary>Dollars for one per cent of interest.</summary>
    public double Rho => Math.Round(Sign * _strike * _years * _discount * Normal(Sign * _d2) / 100, 4);

    /// <summary>Most interest lies near the price.</summary>
    public int OpenInterest => _spot > 0 ? (int)(20_000 * Math.Exp(-40 * Math.Pow(_strike / _spot - 1, 2))) : 0;

    double HalfSpread => Math.Max(Math.Round(Price * 0.01, 2), 0.02);

    int Sign => Contract.IsCall ? 1 : -1;

    double Exact => Sign * (_spot * Normal(Sign * _d1) - _strike * _discount * Normal(Sign * _d2));

    static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>The normal distribution to seven digits.</summary>
    /// <remarks>Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.2.17.</remarks>
    internal static double Normal(double x)
    {
        var k = 1 / (1 + 0.2316419 * Math.Abs(x));
        var tail = Density(x) * k * (0.319381530 + k * (-0.356563782 + k * (1.781477937 + k * (-1.821255978 + k * 1.330274429))));
        return x >= 0 ? 1 - tail : tail;
    }
}
