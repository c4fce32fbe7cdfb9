using System.Text;
using System.Text.RegularExpressions;
using EtradeBot.ETrade;
using EtradeBot.Simulator;
using EtradeBot.Simulator.Protocol;

namespace EtradeBot.Execution.World;

/// <summary>The owner in front of a browser: agrees to a login. That browser never fails.</summary>
static partial class Person
{
    public static async Task LogInAsync(VirtualWorld world, ETradeSession session)
    {
        var request = await session.BeginLoginAsync();
        await session.CompleteLoginAsync(request, CodeFor(world.Broker, request));
    }

    /// <summary>The code that the page shows.</summary>
    static string CodeFor(SimulatedBroker broker, LoginRequest request)
    {
        var page = broker.Handle(new SimulatorRequest("POST", request.AuthorizeUrl.AbsoluteUri, [], ReadOnlyMemory<byte>.Empty));
        var code = Code().Match(Encoding.UTF8.GetString(page.Body.Span));
        return code.Success ? code.Groups["code"].Value : throw new InvalidOperationException($"the login page shows no code: status {page.Status}");
    }

    [GeneratedRegex("readonly value=\"(?<code>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Code();
}
