using System.Text.Json.Serialization;

namespace EtradeBot.Simulator.Accounts;

/// <summary>Shares of one symbol on one side of an account: long and short positions stand side by side.</summary>
sealed class PositionBook
{
    public required long PositionId { get; init; }

    public required string Ticker { get; init; }

    public required bool IsShort { get; init; }

    /// <summary>Oldest first, shares above 0 on both sides.</summary>
    public List<HeldLot> Lots { get; init; } = [];

    [JsonIgnore]
    public int Shares => Lots.Sum(lot => lot.Shares);

    /// <summary>Takes shares from the oldest lots.</summary>
    /// <returns>What was taken, oldest first.</returns>
    /// <exception cref="InvalidOperationException">Fewer are held.</exception>
    public IReadOnlyList<HeldLot> Take(int shares)
    {
        var taken = new List<HeldLot>();
        while (shares > 0)
        {
            if (Lots.Count == 0) throw new InvalidOperationException($"{Ticker}: {shares} shares more are to be taken than are held");
            var lot = Lots[0];
            var part = Math.Min(lot.Shares, shares);
            taken.Add(lot with { Shares = part });
            if (part == lot.Shares) Lots.RemoveAt(0);
            else Lots[0] = lot with { Shares = lot.Shares - part };
            shares -= part;
        }
        return taken;
    }

    /// <summary>Puts taken shares back where they came from.</summary>
    public void PutBack(IReadOnlyList<HeldLot> taken)
    {
        for (var i = taken.Count - 1; i >= 0; i--)
            if (Lots.Count > 0 && Lots[0].LotId == taken[i].LotId) Lots[0] = Lots[0] with { Shares = Lots[0].Shares + taken[i].Shares };
            else Lots.Insert(0, taken[i]);
    }

    /// <summary>So many new shares for one old; whole shares only.</summary>
    /// <returns>The fraction of a new share that is left over, 0 or more.</returns>
    public decimal Split(decimal ratio)
    {
        // Rounding each lot by itself would lose a fraction a lot: the running total is rounded instead.
        var (old, given) = (0, 0);
        for (var i = 0; i < Lots.Count; i++)
        {
            old += Lots[i].Shares;
            var due = (int)decimal.Floor(old * ratio);
            Lots[i] = Lots[i] with { Shares = due - given, Price = decimal.Round(Lots[i].Price / ratio, 6) };
            given = due;
        }
        Lots.RemoveAll(lot => lot.Shares == 0);
        return old * ratio - given;
    }

    public HeldPosition Shown(DateOnly today, Func<DateTimeOffset, DateOnly> dayOf)
    {
        var sign = IsShort ? -1 : 1;
        var ofToday = Lots.Where(lot => dayOf(lot.AcquiredAt) == today).ToList();
        var (shares, paid) = (ofToday.Sum(lot => lot.Shares), ofToday.Sum(lot => lot.Shares * lot.Price));
        return new HeldPosition(PositionId, Ticker, sign * Shares, sign * Lots.Sum(lot => lot.Shares * lot.Price), Lots[0].AcquiredAt,
            [.. Lots.Select(lot => lot with { Shares = sign * lot.Shares })])
        {
            Today = (sign * shares, shares == 0 ? 0 : decimal.Round(paid / shares, 4)),
        };
    }
}
