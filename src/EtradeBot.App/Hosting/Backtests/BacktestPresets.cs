using System.Text.Json;
using EtradeBot.App.Hosting.Security;
using EtradeBot.App.Storage;

namespace EtradeBot.App.Hosting.Backtests;

/// <summary>Forms that were given a name: <c>backtest-presets.json</c> under the state folder. Safe for several threads.</summary>
sealed class BacktestPresets(string stateFolder, AuditLog audit)
{
    const int LongestName = 60;
    const int Most = 200;

    static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n" };

    readonly Lock _gate = new();

    string FilePath => Path.Combine(stateFolder, "backtest-presets.json");

    /// <summary>By name.</summary>
    /// <exception cref="InvalidDataException">The file was damaged; names it and the remedy.</exception>
    public IReadOnlyDictionary<string, BacktestForm> All()
    {
        lock (_gate) return Read().ToDictionary(pair => pair.Key, pair => BacktestForm.Of(pair.Value));
    }

    /// <summary>Adds one, or replaces that of the same name.</summary>
    /// <exception cref="NotAllowedException">Not a trader.</exception>
    /// <exception cref="FormatException">The name is empty or too long, or there are too many.</exception>
    public void Save(Actor actor, string name, BacktestForm form)
    {
        actor.Require(Role.Trader);
        var trimmed = name.Trim();
        if (trimmed.Length is 0 or > LongestName) throw new FormatException($"give the preset a name of 1 to {LongestName} characters");
        lock (_gate)
        {
            var presets = Read();
            if (presets.Count >= Most && !presets.ContainsKey(trimmed)) throw new FormatException($"there are {Most} presets already: delete one first");
            presets[trimmed] = new(form.Whole.ToDictionary(), StringComparer.Ordinal);
            audit.Write(actor, "backtest.preset.save", trimmed);
            Write(presets);
        }
    }

    /// <inheritdoc cref="Save" path="/exception"/>
    public void Delete(Actor actor, string name)
    {
        actor.Require(Role.Trader);
        lock (_gate)
        {
            var presets = Read();
            if (!presets.Remove(name)) return;
            audit.Write(actor, "backtest.preset.delete", name);
            Write(presets);
        }
    }

    SortedDictionary<string, Dictionary<string, string>> Read()
    {
        if (!File.Exists(FilePath)) return new(StringComparer.OrdinalIgnoreCase);
        try
        {
            var read = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(File.ReadAllBytes(FilePath), Json) ?? [];
            return new(read, StringComparer.OrdinalIgnoreCase);
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"{FilePath} is damaged ({problem.Message}): correct or delete it", problem);
        }
    }

    void Write(SortedDictionary<string, Dictionary<string, string>> presets) => AtomicFile.Write(FilePath, stream => JsonSerializer.Serialize(stream, presets, Json));
}
