using Microsoft.JSInterop;

namespace EtradeBot.App.Dashboard.Parts;

/// <summary>Calls into a page's script: the reader may close or leave the page while one is under way.</summary>
static class PageScript
{
    /// <summary>True when a call failed because page or component are gone, so that nothing is left to do; a circuit would end over it.</summary>
    public static bool IsGone(Exception problem) => problem is JSDisconnectedException or OperationCanceledException or ObjectDisposedException;

    /// <summary>Ends what a component had drawn, then lets its module go.</summary>
    /// <param name="drawn">Has a function <c>dispose</c>.</param>
    public static async ValueTask EndAsync(IJSObjectReference? drawn, IJSObjectReference? module)
    {
        try
        {
            if (drawn is not null) await drawn.InvokeVoidAsync("dispose");
            if (drawn is not null) await drawn.DisposeAsync();
            if (module is not null && module != drawn) await module.DisposeAsync();
        }
        catch (Exception problem) when (IsGone(problem) || problem is JSException)
        {
            // The browser threw it away with the page.
        }
    }
}
