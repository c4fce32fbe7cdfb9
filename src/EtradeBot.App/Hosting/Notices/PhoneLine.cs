using EtradeBot.Notify.Phone;

namespace EtradeBot.App.Hosting.Notices;

/// <summary>The phone as the settings of a moment want it heard.</summary>
sealed class PhoneLine
{
    readonly CancellationTokenSource _over;
    readonly Task _run;

    PhoneLine(TelegramListener? listener, string problem, CancellationToken stop)
    {
        (Listener, Problem) = (listener, problem);
        _over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _run = listener?.RunAsync(_over.Token) ?? Task.CompletedTask;
    }

    /// <summary>Null where no bot or no chat is set.</summary>
    public TelegramListener? Listener { get; }

    /// <summary>Why there is no listener though one is wanted; else empty.</summary>
    public string Problem { get; }

    public static PhoneLine Open(Func<string, string?> setting, HttpClient http, PhoneOptions options, CancellationToken stop)
    {
        try
        {
            return new PhoneLine(TelegramListener.From(setting, http, options), "", stop);
        }
        catch (FormatException problem)
        {
            return new PhoneLine(null, problem.Message, stop);
        }
    }

    public async Task StopAsync()
    {
        await _over.CancelAsync().ConfigureAwait(false);
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Listener?.Dispose();
        _over.Dispose();
    }
}
