using System.Security.Cryptography.X509Certificates;
using EtradeBot.App.Hosting.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;

namespace EtradeBot.App.Dashboard.Security;

/// <summary>Who may come in, and what every answer says to the browser about safety.</summary>
static class SecuritySetup
{
    /// <exception cref="Commands.UsageException">Off loopback without a user or a certificate.</exception>
    public static void AddTo(WebApplicationBuilder builder, DashboardOptions options, TimeProvider time)
    {
        var services = builder.Services;
        var users = new UserDirectory(options.StateFolder);
        var certificate = ListenRules.Check(options, users, time);
        Listen(builder, options, certificate);
        services.AddSingleton(new ListenNames(ListenRules.NamesOf(certificate)));
        services.AddSingleton(users).AddSingleton<SessionRegistry>().AddSingleton<LoginThrottle>().AddSingleton<LoginDesk>().AddSingleton<StepUp>().AddSingleton<UserDesk>().AddSingleton<FormTickets>();
        services.AddSingleton(_ => new UserAccounts(options.StateFolder, time));
        services.AddScoped(provider => new ActorSource(() => ActorAsync(provider)));
        DashboardKeys.Configure(services.AddDataProtection().PersistKeysToFileSystem(DashboardKeys.FolderIn(options.StateFolder)));
        // It warns that keys lie in a folder unencrypted; that folder is closed to others, and there is no better place on every system.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        services.AddAuthentication(SessionAuthentication.SchemeName).AddScheme<AuthenticationSchemeOptions, SessionAuthentication>(SessionAuthentication.SchemeName, _ => { });
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddAntiforgery(forms => Configure(forms, options, certificate is not null));
    }

    public static void Use(WebApplication app, DashboardOptions options)
    {
        var names = app.Services.GetRequiredService<ListenNames>().All;
        app.Use((context, next) =>
        {
            AnswerHeaders.Write(context, options);
            return next(context);
        });
        app.Use(next => new RequestGuard(next, names, options.IsLoopback).InvokeAsync);
        app.UseAuthentication();
        app.UseAuthorization();
    }

    public static void Map(WebApplication app)
    {
        app.MapPost("/logout", LogOutAsync);
        app.MapGet("/settings/audit.csv", (HttpContext context) => AuditCsv.WriteAsync(context));
    }

    static void Listen(WebApplicationBuilder builder, DashboardOptions options, X509Certificate2? certificate) => builder.WebHost.ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Listen(options.Address, options.Port, listen =>
        {
            if (certificate is not null) listen.UseHttps(certificate);
        });
    });

    static void Configure(AntiforgeryOptions forms, DashboardOptions options, bool isHttps)
    {
        forms.Cookie.Name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(isHttps ? "__Host-" : "")}etrade-bot-form-{options.Port}");
        forms.Cookie.Path = "/";
        forms.Cookie.HttpOnly = true;
        forms.Cookie.SameSite = SameSiteMode.Strict;
        forms.Cookie.SecurePolicy = isHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
        forms.SuppressXFrameOptionsHeader = true;
    }

    /// <summary>The request's person; within a circuit the one who opened it.</summary>
    static async Task<Actor> ActorAsync(IServiceProvider provider)
    {
        var request = provider.GetRequiredService<IHttpContextAccessor>().HttpContext;
        // A circuit may still see the request that opened its line; its services are its own.
        var person = request is not null && ReferenceEquals(request.RequestServices, provider)
            ? request.User
            : (await provider.GetRequiredService<AuthenticationStateProvider>().GetAuthenticationStateAsync()).User;
        return People.ActorOf(person, provider.GetRequiredService<SessionRegistry>(), provider.GetRequiredService<UserDirectory>());
    }

    static async Task<IResult> LogOutAsync(HttpContext context, IAntiforgery forms, ActorSource who, LoginDesk desk)
    {
        if (!await forms.IsRequestValidAsync(context)) return Results.BadRequest("Refused: this form was not made by the page, or is too old. Load the page again.");
        desk.LogOut(await who.CurrentAsync());
        SessionCookie.Delete(context);
        return Results.Redirect("/login");
    }
}

/// <summary>Names beside loopback that lead here.</summary>
sealed record ListenNames(IReadOnlyList<string> All);
