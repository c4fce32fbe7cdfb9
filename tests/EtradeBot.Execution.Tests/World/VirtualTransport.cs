namespace EtradeBot.Execution.World;

/// <summary>The connections of one life of the program. An answer is mostly there when the call returns; where something falls due meanwhile, or the answer
/// is late or lost, the call stays open and the world goes on.</summary>
sealed class VirtualTransport(VirtualWorld world, VirtualProcess process) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        world.Thread.Demand("the connection");
        return cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<HttpResponseMessage>(cancellationToken)
            : new Exchange(world, process, request).Run(cancellationToken);
    }
}
