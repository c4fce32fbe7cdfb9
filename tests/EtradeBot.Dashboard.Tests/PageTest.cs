using Bunit;
using EtradeBot.App.Dashboard.Parts;
using EtradeBot.App.Hosting.Live;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;

namespace EtradeBot.App;

/// <summary>Draws parts without a browser, with the services that every part may use.</summary>
public abstract class PageTest : BunitContext, IAsyncLifetime
{
    protected PageTest()
    {
        JSInterop.Mode = Bunit.JSRuntimeMode.Loose;
        Services.AddMudServices(options => options.PopoverOptions.CheckForPopoverProvider = false);
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddSingleton(State);
        Services.AddScoped<PageQuery>();
    }

    /// <summary>Tuesday 10 March 2026, 11:00 in New York.</summary>
    internal FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 10, 15, 0, 0, TimeSpan.Zero));

    internal LiveState State { get; } = new();

    public ValueTask InitializeAsync()
    {
        // From then on no services can be added: after the constructors of the tests.
        SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", true));
        return ValueTask.CompletedTask;
    }
}
