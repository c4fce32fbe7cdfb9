using System.Buffers.Binary;
using System.Text;

namespace EtradeBot.App.Dashboard.Security;

/// <summary>What the server sends a page to draw: the texts in it, and what can be pressed.</summary>
/// <remarks>dotnet/aspnetcore, src/Components/Server/src/Circuits/RenderBatchWriter.cs: five tables, their offsets in the last twenty bytes.</remarks>
sealed class RenderBatch(byte[] bytes)
{
    const int FrameSize = 20;
    const int Attribute = 3;

    /// <summary>Handlers by number, with the event that each waits for: <c>onclick</c>.</summary>
    public IEnumerable<(long Id, string Event)> Handlers()
    {
        var table = Int(bytes.Length - 16);
        for (var i = 0; i < Int(table); i++)
        {
            var frame = table + 4 + (i * FrameSize);
            var id = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(frame + 12));
            if (Int(frame) == Attribute && id != 0) yield return (id, Text(Int(frame + 4)));
        }
    }

    /// <summary>Handlers that are no more.</summary>
    public IEnumerable<long> Gone()
    {
        var table = Int(bytes.Length - 8);
        for (var i = 0; i < Int(table); i++) yield return BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(table + 4 + (i * 8)));
    }

    public bool Says(string words) => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(words)) >= 0;

    int Int(int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));

    /// <summary>Its length stands before it, seven bits a byte.</summary>
    string Text(int index)
    {
        var at = Int(Int(bytes.Length - 4) + (4 * index));
        var (length, shift) = (0, 0);
        byte one;
        do
        {
            one = bytes[at++];
            length |= (one & 0x7f) << shift;
            shift += 7;
        }
        while (one >= 0x80);
        return Encoding.UTF8.GetString(bytes, at, length);
    }
}
