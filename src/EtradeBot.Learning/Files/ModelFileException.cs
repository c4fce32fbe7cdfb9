namespace EtradeBot.Learning.Files;

/// <summary>A model file that cannot be used; the message names the file and what is wrong with it.</summary>
public sealed class ModelFileException : Exception
{
    public ModelFileException(string message) : base(message)
    {
    }

    public ModelFileException(string message, Exception cause) : base(message, cause)
    {
    }
}
