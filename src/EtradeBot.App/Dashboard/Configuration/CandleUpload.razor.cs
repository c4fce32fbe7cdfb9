using EtradeBot.App.Commands;
using EtradeBot.App.Hosting.Configuration;
using EtradeBot.App.Storage;
using EtradeBot.Market;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace EtradeBot.App.Dashboard.Configuration;

/// <summary>Keeps an uploaded file until it is stored or put away.</summary>
public sealed partial class CandleUpload
{
    UploadedCandles? _upload;
    string _symbol = "", _problem = "", _note = "";
    bool _skipsBadRows, _replaces, _isBusy;

    /// <summary>A new number empties the file field.</summary>
    int _round;

    [Parameter] public EventCallback OnStored { get; set; }

    ImportChoice Choice => new(_symbol.Trim() is { Length: > 0 } text ? Symbol.TryParse(text, out var symbol) ? symbol : throw new UsageException($"{text} is no ticker") : null, _skipsBadRows, _replaces);

    async Task TakeAsync(InputFileChangeEventArgs change)
    {
        _upload?.Dispose();
        (_upload, _isBusy, _note) = (null, true, "");
        _problem = await Refusal.OfAsync(async () =>
        {
            if (change.File.Size > DataDesk.LargestUpload) throw new UsageException($"{change.File.Name} is larger than {DataDesk.LargestUpload >> 20} MB: import it with etrade-bot data import, which has no limit");
            await using var stream = change.File.OpenReadStream(DataDesk.LargestUpload);
            _upload = await Desk.InspectAsync(await Actors.CurrentAsync(), change.File.Name, stream, Choice);
        });
        _isBusy = false;
    }

    async Task LookAgain() => _problem = await Refusal.OfAsync(() =>
    {
        if (_upload is { } upload) _upload = Desk.Again(upload, Choice);
        return Task.CompletedTask;
    });

    async Task StoreAsync()
    {
        if (_upload is not { } upload) return;
        _isBusy = true;
        var actor = await Actors.CurrentAsync();
        ImportResult? result = null;
        _problem = await Refusal.OfAsync(async () =>
        {
            var choice = Choice;
            result = await Task.Run(() => Desk.Store(actor, upload, choice));
        });
        _isBusy = false;
        if (result is null) return;
        _note = $"{result.Symbol} {result.Timeframe}: {Figures.Count(result.Added)} added, {Figures.Count(result.Unchanged)} unchanged, {Figures.Count(result.Changed)} changed; {Figures.Count(result.Total)} candles now.";
        Forget();
        await OnStored.InvokeAsync();
    }

    void Forget()
    {
        _upload?.Dispose();
        (_upload, _skipsBadRows, _replaces) = (null, false, false);
        _round++;
    }

    public void Dispose() => _upload?.Dispose();
}
