using EtradeBot.Trading;

namespace EtradeBot.Risk;

/// <summary>Turns a signal into a number of shares, or denies it with the rule and its numbers.</summary>
public sealed class RiskManager(RiskLimits limits, Sizing sizing)
{
    /// <summary>Stop distance in average true ranges where the strategy names no stop.</summary>
    public const double DefaultStopMultiple = 2;

    RiskDecision.Sized? _last;

    public RiskLimits Limits { get; } = limits;

    public Sizing Sizing { get; } = sizing;

    /// <summary>Fixed-fractional sizing: as many shares as lose <paramref name="riskPerTrade"/> of the account when a stop
    /// <paramref name="stopMultiple"/> average true ranges away is hit. Van Tharp, Trade Your Way to Financial Freedom (1998), "percent risk".</summary>
    /// <param name="accountValue">Dollars, positive.</param>
    /// <param name="riskPerTrade">Fraction of the account, above 0 and at most 1.</param>
    /// <param name="atr">Dollars, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not a positive finite number.</exception>
    public static PositionSizing PositionSize(decimal accountValue, double riskPerTrade, double atr, double stopMultiple = DefaultStopMultiple)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(accountValue);
        RequirePositive(riskPerTrade, nameof(riskPerTrade));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(riskPerTrade, 1);
        RequirePositive(atr, nameof(atr));
        RequirePositive(stopMultiple, nameof(stopMultiple));
        return SizeByStop(accountValue, riskPerTrade, atr * stopMultiple);
    }

    /// <summary>A stop <paramref name="multiple"/> average true ranges on the losing side of the price.</summary>
    public static double AtrStop(Side side, double price, double atr, double multiple = DefaultStopMultiple) => price - side.Sign() * multiple * atr;

    /// <summary>A target <paramref name="multiple"/> average true ranges on the winning side of the price.</summary>
    public static double AtrTarget(Side side, double price, double atr, double multiple) => price + side.Sign() * multiple * atr;

    /// <summary>Judges an entry. Exits are not judged: they always pass.</summary>
    public RiskDecision Judge(Signal signal, in RiskContext context)
    {
        var (positions, exposure) = context.Account.Committed(context.Symbol);
        return Judge(signal, new RiskStanding(context.Account.Equity, positions, exposure)
        {
            Price = context.Price,
            Atr = context.Atr,
            DayStartEquity = context.DayStartEquity,
        });
    }

    /// <inheritdoc cref="Judge(Signal, in RiskContext)"/>
    public RiskDecision Judge(Signal signal, in RiskStanding standing)
    {
        var equity = standing.Equity;
        if (!(standing.Price > 0 && double.IsFinite(standing.Price))) return new RiskDecision.Denied("no-price", "the last price is not a positive number", 0, standing.Price);
        if (!(equity > 0)) return new RiskDecision.Denied("no-equity", "the account is worth nothing", 0, equity);
        if (signal.Side == Side.Sell && !Limits.AllowShort) return new RiskDecision.Denied("short-not-allowed", "short selling is not allowed", 0, 1);
        if (standing.Positions >= Limits.MaxPositions)
            return new RiskDecision.Denied("max-positions", "too many positions are open or on their way", Limits.MaxPositions, standing.Positions + 1);
        if (Limits.MaxDailyLoss is { } maxLoss && standing.DayStartEquity - equity >= maxLoss * standing.DayStartEquity)
            return new RiskDecision.Denied("max-daily-loss", "today's loss has reached its limit, in dollars", maxLoss * standing.DayStartEquity, standing.DayStartEquity - equity);
        return Size(signal, standing);
    }

    RiskDecision Size(Signal signal, in RiskStanding standing)
    {
        var equity = standing.Equity;
        var entry = signal.Limit ?? signal.Trigger ?? standing.Price;
        var distance = signal.Stop is { } stop ? signal.Side.Sign() * (entry - stop) : signal.Trail ?? double.NaN;
        if (signal.Stop is not null && !(distance > 0))
            return new RiskDecision.Denied("stop-on-wrong-side", "the stop is not on the losing side of the entry", entry, signal.Stop.Value);
        PositionSizing? arithmetic = null;
        if (Sizing.Kind == SizingKind.Risk)
        {
            var sizingDistance = double.IsNaN(distance) ? standing.Atr * DefaultStopMultiple : distance;
            if (!(sizingDistance > 0)) return new RiskDecision.Denied("no-stop-distance", "risk sizing needs a stop or an average true range above zero", 0, sizingDistance);
            arithmetic = SizeByStop((decimal)equity, Sizing.Amount, sizingDistance);
        }
        var asked = Sizing.Kind switch
        {
            SizingKind.Risk => arithmetic!.Value.Shares,
            SizingKind.Shares => Sizing.Amount,
            SizingKind.Fraction => Math.Floor(equity * Sizing.Amount / entry),
            SizingKind.Dollars => Math.Floor(Sizing.Amount / entry),
            _ => Math.Floor(equity / entry),
        };
        return WithinLimits(new Request(asked, entry, distance, arithmetic), standing);
    }

    readonly record struct Request(double Shares, double Entry, double Distance, PositionSizing? Arithmetic);

    RiskDecision WithinLimits(Request request, in RiskStanding standing)
    {
        var equity = standing.Equity;
        // Shares come down to what the limits leave; only nothing left is a denial.
        var (shares, rule, words) = (request.Shares, "size-below-one-share", "the size comes to less than one share");
        Cap((Limits.MaxPosition * equity - standing.HeldOfSymbol) / request.Entry, "max-position", "one position may not be larger");
        Cap((Limits.MaxGrossExposure * equity - standing.Exposure) / request.Entry, "max-gross-exposure", "all positions together may not be larger");
        if (request.Distance > 0) Cap(Limits.MaxRiskPerTrade * equity / request.Distance, "max-risk-per-trade", "one trade may not risk more");
        if (shares < 1) return new RiskDecision.Denied(rule, words + ", in shares", 1, Math.Max(shares, 0));
        var isAllCash = Sizing.Kind == SizingKind.AllIn && shares >= request.Shares;
        var cutBy = shares < request.Shares ? words : "";
        return Sized(isAllCash ? int.MaxValue : (int)Math.Min(shares, int.MaxValue), isAllCash, request.Arithmetic, cutBy);

        void Cap(double most, string capRule, string capWords)
        {
            most = Math.Floor(most);
            if (most >= shares) return;
            (shares, rule, words) = (most, capRule, capWords);
        }
    }

    // A fixed number of shares comes to the same decision again and again.
    RiskDecision.Sized Sized(int shares, bool isAllCash, PositionSizing? arithmetic, string cutBy)
    {
        if (arithmetic is null && _last is { Arithmetic: null } last && last.Shares == shares && last.IsAllCash == isAllCash && last.CutBy == cutBy) return last;
        return _last = new RiskDecision.Sized(shares, isAllCash, arithmetic) { CutBy = cutBy };
    }

    static PositionSizing SizeByStop(decimal accountValue, double riskPerTrade, double distance)
    {
        var shares = Math.Floor((double)accountValue * riskPerTrade / distance);
        return new PositionSizing(accountValue, riskPerTrade, distance, (int)Math.Clamp(shares, 0, int.MaxValue));
    }

    static void RequirePositive(double value, string name)
    {
        if (!(value > 0 && double.IsFinite(value))) throw new ArgumentOutOfRangeException(name, value, "must be a positive number");
    }
}
