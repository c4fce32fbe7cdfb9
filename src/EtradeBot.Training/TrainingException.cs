namespace EtradeBot.Training;

/// <summary>Training that cannot start or go on; the message tells the user why and what to do.</summary>
sealed class TrainingException(string message) : Exception(message);
