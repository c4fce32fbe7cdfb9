using System.Globalization;
using System.Text;

namespace EtradeBot.Execution.World;

/// <summary>A request that previews, makes, changes or cancels an order, at the moment its bytes leave the program: what the judge holds against everything else.</summary>
/// <param name="Process">Number of the life that sent it.</param>
/// <param name="Name">Client order id; empty for cancels.</param>
/// <param name="Number">The broker's number of the order it is about; 0 for new ones.</param>
sealed record SentRequest(DateTimeOffset At, int Process, string Call, string Name, long Number)
{
    public string Action { get; init; } = "";

    public string Ticker { get; init; } = "";

    public int Shares { get; init; }

    public decimal? Stop { get; init; }

    /// <summary>The journal on the disk, as a power cut would leave it, told of it already.</summary>
    public bool WasWritten { get; init; }

    /// <summary>True time has passed in one go shortly before, without the program running: what it knew when it decided was older than it could tell.</summary>
    public bool IsAfterFreeze { get; init; }

    public bool IsEntry => Action is "BUY" or "SELL_SHORT";

    public bool IsPlace => Call is "place" or "change-place";

    /// <returns>Null for every other call.</returns>
    public static SentRequest? Of(VirtualWorld world, int process, (string Call, string Path, byte[] Body) request)
    {
        if (request.Call is not ("preview" or "place" or "change-preview" or "change-place" or "cancel")) return null;
        var text = Encoding.UTF8.GetString(request.Body);
        var name = Between(text, "clientOrderId");
        var number = request.Call == "cancel" ? Between(text, "orderId") : request.Call is "place" or "preview" ? "0" : request.Path.Split('/')[^3];
        return new SentRequest(world.Clock.Now, process, request.Call, name, long.Parse(number, CultureInfo.InvariantCulture))
        {
            Action = Between(text, "orderAction"),
            Ticker = Between(text, "symbol"),
            Shares = int.TryParse(Between(text, "quantity"), CultureInfo.InvariantCulture, out var shares) ? shares : 0,
            Stop = decimal.TryParse(Between(text, "stopPrice"), CultureInfo.InvariantCulture, out var stop) ? stop : null,
            WasWritten = request.Call is "place" or "change-place" && IsWritten(world.Disk, name),
            IsAfterFreeze = world.Clock.Now - world.Clock.ThawedAt < TimeSpan.FromSeconds(2),
        };
    }

    static bool IsWritten(VirtualDisk disk, string name) => Encoding.UTF8.GetString(disk.Safe("orders.journal")).Split('\n')
        .Any(line => line.Contains("\"kind\":\"sending\"", StringComparison.Ordinal) && line.Contains($"\"id\":\"{name}\"", StringComparison.Ordinal));

    static string Between(string text, string element)
    {
        var start = text.IndexOf($"<{element}>", StringComparison.Ordinal);
        if (start < 0) return "";
        start += element.Length + 2;
        var end = text.IndexOf('<', start);
        return end < 0 ? "" : text[start..end];
    }
}
