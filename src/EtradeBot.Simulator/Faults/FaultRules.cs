using EtradeBot.Market;

namespace EtradeBot.Simulator.Faults;

/// <summary>What a fault must be like before it is set.</summary>
static class FaultRules
{
    /// <summary>The first thing wrong with it, in a sentence; null when nothing is.</summary>
    public static string? Problem(Fault fault)
    {
        var names = FaultCatalog.All.Select(info => info.Name).ToList();
        if (!names.Contains(fault.Name)) return $"There is no fault '{fault.Name}'.{Spelling.Question(fault.Name, names)} GET /sim/catalogue lists them all.";
        if (fault.Call != "*" && !FaultCatalog.Calls.Contains(fault.Call)) return $"{fault.Name}: there is no call '{fault.Call}'.{Spelling.Question(fault.Call, FaultCatalog.Calls)} Use one of {string.Join(' ', FaultCatalog.Calls)} or *.";
        if (fault.Symbol is { } symbol && !Symbol.TryParse(symbol, out _)) return $"{fault.Name}: symbol '{symbol}' is not a ticker.";
        if (fault.Skip < 0) return $"{fault.Name}: skip must be 0 or more.";
        if (fault.Times < 1) return $"{fault.Name}: times must be 1 or more, or null for 'until taken back'.";
        if (!(fault.Probability is >= 0 and <= 1)) return $"{fault.Name}: probability must be 0 to 1.";
        if (fault.Seconds is { } seconds && !(seconds is > 0 and < 1e9)) return $"{fault.Name}: seconds must be above 0.";
        if (fault.Value is { } value && !double.IsFinite(value)) return $"{fault.Name}: value must be a number.";
        return fault.Name == "malformed" && fault.Text is { } kind && !Damage.Kinds.Contains(kind)
            ? $"malformed: there is no damage '{kind}'.{Spelling.Question(kind, Damage.Kinds)} Use one of {string.Join(' ', Damage.Kinds)}."
            : null;
    }
}
