using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using EtradeBot.Market;
using EtradeBot.Simulator.Accounts;
using EtradeBot.Simulator.Faults;
using EtradeBot.Simulator.Market;
using EtradeBot.Simulator.Protocol.Rendering;

namespace EtradeBot.Simulator.Protocol;

/// <summary>The levers of the simulated world below <c>/sim</c>: for programs on this machine, without OAuth, never for pages of other sites.</summary>
sealed class Control(SimulatedClock clock, FaultPlan plan, Brokerage broker)
{
    public const string Root = "/sim/";

    static readonly string[] Hosts = ["localhost", "127.0.0.1", "[::1]"];
    static readonly string[] Places = ["faults", "clock", "state", "catalogue"];

    static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public Answer Serve(SimulatorRequest request, RequestAddress address)
    {
        if (Foreign(request, address) is { } refusal) return refusal;
        var parts = address.Path[Root.Length..].TrimEnd('/').Split('/');
        try
        {
            return (request.Method, parts) switch
            {
                ("GET", ["faults"]) => FaultList(plan.Set),
                ("POST", ["faults"]) => AddFaults(request),
                ("DELETE", ["faults"]) => ClearFaults(),
                ("DELETE", ["faults", var id]) => RemoveFault(id),
                ("GET", ["clock"]) => ClockState(),
                ("POST", ["clock"]) => SetClock(request),
                ("GET", ["state"]) => State(),
                ("GET", ["catalogue"]) => Catalogue(),
                _ => NoSuchPlace(parts[0]),
            };
        }
        catch (FormatException problem)
        {
            return Sorry(400, problem.Message);
        }
    }

    /// <summary>A page of another site can make a browser on this machine send requests here; it cannot choose these headers.</summary>
    static Answer? Foreign(SimulatorRequest request, RequestAddress address)
    {
        var portStart = address.Host.LastIndexOf(':');
        var host = portStart > address.Host.LastIndexOf(']') ? address.Host[..portStart] : address.Host;
        if (!Hosts.Contains(host)) return Sorry(403, "This place answers to localhost only.");
        if (request.Header("Origin") is { } origin && !origin.Equals(address.Root, StringComparison.OrdinalIgnoreCase)) return Sorry(403, "This place does not answer to pages of other sites.");
        return request.Header("Sec-Fetch-Site") is "cross-site" or "same-site" ? Sorry(403, "This place does not answer to pages of other sites.") : null;
    }

    static Answer NoSuchPlace(string place) => Places.Contains(place)
        ? Sorry(405, "Use GET, POST or DELETE on /sim/faults, GET or POST on /sim/clock, GET on /sim/state and /sim/catalogue.")
        : Sorry(404, $"There is no /sim/{place}.{Spelling.Question(place, Places)}");

    Answer AddFaults(SimulatorRequest request)
    {
        var faults = FaultJson.Parse(BodyText(request));
        return FaultList([.. faults.Select(plan.Add)]);
    }

    Answer ClearFaults()
    {
        plan.Clear();
        return FaultList(plan.Set);
    }

    Answer RemoveFault(string text)
    {
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) throw new FormatException("a fault is taken back by its number: DELETE /sim/faults/3");
        return plan.Remove(id) ? FaultList(plan.Set) : Sorry(404, string.Create(CultureInfo.InvariantCulture, $"No fault number {id} is set."));
    }

    static Answer FaultList(IReadOnlyList<Fault> faults) => Json(json =>
    {
        json.WriteStartArray();
        foreach (var fault in faults) FaultJson.Write(json, fault);
        json.WriteEndArray();
    });

    Answer ClockState() => Json(json =>
    {
        var state = clock.State;
        json.WriteStartObject();
        json.WriteString("now", state.Now);
        json.WriteString("newYork", Wire.NewYork(state.Now));
        json.WriteNumber("speed", state.Speed);
        json.WriteBoolean("paused", state.IsPaused);
        json.WriteEndObject();
    });

    Answer SetClock(SimulatorRequest request)
    {
        var change = ClockChange.Parse(BodyText(request));
        try
        {
            if (change.Speed is { } speed) clock.Speed = speed;
            if (change.Pause == true) clock.Pause();
            if (change.JumpTo is { } instant) clock.JumpTo(instant);
            if (change.Pause == false) clock.Resume();
        }
        catch (ArgumentException problem)
        {
            throw new FormatException(problem.Message, problem);
        }
        broker.AdvanceTo(clock.GetUtcNow());
        return ClockState();
    }

    Answer State() => Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("now", clock.GetUtcNow());
        json.WriteStartArray("accounts");
        foreach (var account in broker.Accounts)
        {
            json.WriteStartObject();
            json.WritePropertyName("account");
            JsonSerializer.Serialize(json, account, Camel);
            json.WritePropertyName("orders");
            JsonSerializer.Serialize(json, broker.EveryOrder(account.Key), Camel);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WritePropertyName("books");
        json.WriteRawValue(broker.Save());
        json.WriteEndObject();
    });

    static Answer Catalogue() => Json(json => JsonSerializer.Serialize(json, new { calls = FaultCatalog.Calls, faults = FaultCatalog.All }, Camel));

    static Answer Sorry(int status, string message) => Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("error", message);
        json.WriteEndObject();
    }) with
    { Status = status };

    static string BodyText(SimulatorRequest request) => Encoding.UTF8.GetString(request.Body.Span);

    static Answer Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer)) write(json);
        return new Answer(200) { Text = Encoding.UTF8.GetString(buffer.ToArray()), TextType = "application/json;charset=utf-8", Headers = [new("Cache-Control", "no-store")] };
    }
}
