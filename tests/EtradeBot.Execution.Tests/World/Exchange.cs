using System.Net;
using EtradeBot.Simulator.Hosting;
using EtradeBot.Simulator.Protocol;

namespace EtradeBot.Execution.World;

/// <summary>One request and its answer on their way through the virtual network. What a dead process had sent still arrives, or not, as the seed has it.</summary>
sealed class Exchange(VirtualWorld world, VirtualProcess process, HttpRequestMessage request)
{
    /// <summary>Seconds each way: usual, and cut at the most.</summary>
    const double LeastLag = 0.015, UsualLag = 0.04, LongestLag = 12, CalmLag = 0.001;

    /// <summary>Continuations run where the answer is delivered: on the thread of the world.</summary>
    readonly TaskCompletionSource<HttpResponseMessage> _answer = new();
    readonly string _call = CallNames.Of(request.Method.Method, request.RequestUri!.AbsolutePath);
    readonly int _number = world.NextCall();
    readonly Dice _lag = Dice.For(world.Schedule.Seed, "lag", world.Calls);
    CancellationTokenRegistration _givingUp;

    public Task<HttpResponseMessage> Run(CancellationToken stop)
    {
        if (!process.Survives($"send {_call}") || Unconnected()) return Open(stop);
        Then(Lag(), null, Arrive, Received());
        return Open(stop);
    }

    Task<HttpResponseMessage> Open(CancellationToken stop)
    {
        if (!_answer.Task.IsCompleted) _givingUp = stop.UnsafeRegister((_, token) => GiveUp(token), null);
        return _answer.Task;
    }

    /// <summary>No connection comes about: not a byte of the request leaves.</summary>
    bool Unconnected()
    {
        if (world.Mischief.IsDown)
        {
            // A link that is down says so at once, or says nothing at all.
            if (_lag.Chance(0.5)) Fail(HttpRequestError.ConnectionError, "Network is unreachable");
            else Say("finds no connection");
            return true;
        }
        if (world.Mischief.Strike("no-name", _call) is not null) Fail(HttpRequestError.NameResolutionError, "Name or service not known");
        else if (world.Mischief.Strike("no-tls", _call) is not null) Fail(HttpRequestError.SecureConnectionError, "The SSL connection could not be established");
        else if (world.Mischief.Strike("no-connection", _call) is not null) Fail(HttpRequestError.ConnectionError, "Connection refused");
        else return false;
        return true;
    }

    /// <summary>What the sockets would carry. The body is asked for here: from now on it may have left.</summary>
    SimulatorRequest Received()
    {
        var url = request.RequestUri!;
        var body = request.Content?.ReadAsByteArrayAsync(CancellationToken.None).GetAwaiter().GetResult() ?? [];
        if (SentRequest.Of(world, process.Number, (_call, url.AbsolutePath, body)) is { } sent) world.Leave(sent);
        var headers = request.Headers.NonValidated.Concat(request.Content?.Headers.NonValidated ?? default);
        world.Trace.Add($"{_number} {request.Method} {url.PathAndQuery}", "body", body);
        return new SimulatorRequest(request.Method.Method, $"{url.Scheme}://{url.Authority}{url.PathAndQuery}", [.. headers.SelectMany(header => header.Value.Select(value => new KeyValuePair<string, string>(header.Key, value)))], body);
    }

    void Arrive(SimulatorRequest received)
    {
        var crash = world.Mischief.Strike("crash", _call) is not null;
        var hasLeft = _lag.Chance(0.5);
        if (crash && !hasLeft) process.Die($"{_call}, before it left");
        if ((process.IsDead && !hasLeft) || world.Mischief.IsDown)
        {
            Say("is lost on its way");
            return;
        }
        var response = world.Broker.Handle(received);
        world.Trace.Add($"{_number} answered {response.Status}", _call, response.Body.Span);
        if (crash) process.Die($"{_call}, carried out");
        if (world.Mischief.Strike("freeze", _call) is { } freeze) world.Clock.PassFrozen(TimeSpan.FromSeconds(freeze.Value ?? 60));
        if (!process.Survives($"answer to {_call}")) return;
        if (response.Delivery.Hangs || world.Mischief.IsDown)
        {
            Say("gets no answer");
            return;
        }
        if (world.Mischief.Strike("garbled", _call) is { } garbled) response = response with { Body = Garbled(response.Body, (int)(garbled.Value ?? 1)) };
        Then(Lag() + response.Delivery.Delay, process, Deliver, response);
    }

    void Deliver(SimulatorResponse response)
    {
        if (response.Delivery.CutAfter == 0) Fail(HttpRequestError.ResponseEnded, "The connection was cut before the answer.");
        else Settle(() => _answer.TrySetResult(Sent(response)));
    }

    HttpResponseMessage Sent(SimulatorResponse response)
    {
        var delivery = response.Delivery;
        var isPlain = delivery.CutAfter is null && delivery.Drip is null;
        var message = new HttpResponseMessage((HttpStatusCode)response.Status)
        {
            RequestMessage = request,
            Content = isPlain ? new ReadOnlyMemoryContent(response.Body) : new StreamContent(new DeliveredStream(response.Body, delivery, process.Clock), 1),
        };
        if (response.ContentType.Length > 0) message.Content.Headers.TryAddWithoutValidation("Content-Type", response.ContentType);
        foreach (var (name, value) in response.Headers)
            if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content.Headers.TryAddWithoutValidation(name, value);
        return message;
    }

    ReadOnlyMemory<byte> Garbled(ReadOnlyMemory<byte> body, int count)
    {
        var bytes = body.ToArray();
        for (var i = 0; i < count && bytes.Length > 0; i++) bytes[_lag.Below(bytes.Length)] = (byte)_lag.Next();
        return bytes;
    }

    /// <summary>Goes on after so long: right here when nothing falls due meanwhile, from the loop of the world otherwise.</summary>
    void Then<T>(TimeSpan wait, VirtualProcess? owner, Action<T> next, T what)
    {
        if (world.Clock.TryPass(wait)) next(what);
        else world.Clock.After(wait, owner, () => next(what));
    }

    TimeSpan Lag() => TimeSpan.FromSeconds(world.Schedule.IsCalm ? CalmLag : Math.Min(LongestLag, (LeastLag + _lag.HeavyTail(UsualLag, LongestLag)) * world.Mischief.Slowness));

    void Fail(HttpRequestError error, string message)
    {
        Say(message);
        Settle(() => _answer.TrySetException(new HttpRequestException(error, message)));
    }

    void GiveUp(CancellationToken token)
    {
        if (!process.IsDead) _answer.TrySetCanceled(token);
    }

    void Settle(Action settle)
    {
        _givingUp.Dispose();
        if (process.Survives($"return {_call}")) settle();
    }

    void Say(string what) => world.Trace.Add($"{_number} {_call} {what}");
}
