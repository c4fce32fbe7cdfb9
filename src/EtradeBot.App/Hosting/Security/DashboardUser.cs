using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace EtradeBot.App.Hosting.Security;

/// <summary>Someone who may log in.</summary>
sealed class DashboardUser : IdentityUser
{
    public Role Role { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>The 30 seconds whose code was used last: no code counts twice. 0 before the first.</summary>
    public long LastTotpStep { get; set; }
}

/// <summary><c>users.db</c> in the state folder.</summary>
sealed class UserContext(DbContextOptions<UserContext> options) : IdentityUserContext<DashboardUser>(options);
