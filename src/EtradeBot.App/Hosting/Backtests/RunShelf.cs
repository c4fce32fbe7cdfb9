namespace EtradeBot.App.Hosting.Backtests;

/// <summary>Keeps what was read of the runs looked at last, so that a page drawn twice reads once and fifty runs take no memory. Safe for several threads.</summary>
sealed class RunShelf(RunFolders folders)
{
    const int MostViews = 6;

    readonly Lock _gate = new();
    readonly List<(string Id, RunView View)> _views = [];
    (string Id, TradeBook Book)? _book;

    public RunView? View(string id)
    {
        lock (_gate)
        {
            var at = _views.FindIndex(kept => kept.Id == id);
            if (at >= 0) return _views[at].View;
        }
        if (folders.View(id) is not { } view) return null;
        lock (_gate)
        {
            if (_views.Count >= MostViews) _views.RemoveAt(0);
            _views.Add((id, view));
        }
        return view;
    }

    public TradeBook? Trades(string id)
    {
        lock (_gate)
            if (_book is { } kept && kept.Id == id) return kept.Book;
        if (folders.Trades(id) is not { } book) return null;
        lock (_gate) _book = (id, book);
        return book;
    }

    public void Forget(string id)
    {
        lock (_gate)
        {
            _views.RemoveAll(kept => kept.Id == id);
            if (_book?.Id == id) _book = null;
        }
    }
}
