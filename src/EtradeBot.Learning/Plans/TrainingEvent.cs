using System.Text.Json;
using System.Text.Json.Serialization;

namespace EtradeBot.Learning.Plans;

/// <summary>What the training process says, one JSON object a line on its standard output.</summary>
public sealed record TrainingEvent
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>What is being done, in words: <c>fold 2 of 3</c>.</summary>
    public required string Stage { get; init; }

    /// <summary>Which network is being fitted, from 1; the last is the one that is saved.</summary>
    public int? Network { get; init; }

    public int? Networks { get; init; }

    /// <summary>Epochs of this network that are done.</summary>
    public int? Epoch { get; init; }

    /// <summary>At most so many.</summary>
    public int? Epochs { get; init; }

    /// <summary>Mean cross-entropy of the epoch in nats.</summary>
    public float? TrainLoss { get; init; }

    /// <inheritdoc cref="TrainLoss"/>
    public float? ValidationLoss { get; init; }

    /// <summary>At most, as things went so far: early stopping may shorten it.</summary>
    public double? SecondsLeft { get; init; }

    /// <summary>Something the user should know, a sentence without a full stop.</summary>
    public string? Note { get; init; }

    /// <summary>At the end: the path of the saved model's card; see <see cref="Registry.ModelCard"/>.</summary>
    public string? Card { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Null for a line that is none.</summary>
    public static TrainingEvent? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<TrainingEvent>(line, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
