using System.Buffers.Binary;
using System.Security.Cryptography;

namespace EtradeBot.App.Storage;

/// <summary>A checksum over every byte of a Parquet file, checked before the file is parsed.</summary>
/// <remarks>
/// A reader may meet damage anywhere, and the library's ends in every kind of exception and, with one flipped bit at the end
/// of the footer, in an endless loop. The format has a free place for the checksum: readers find everything by offsets,
/// so bytes between the last column and the footer belong to nobody. The file is
/// <c>columns | SHA-256 of all the rest | footer | length of the footer (4 bytes) | PAR1</c>.
/// </remarks>
static class ParquetSeal
{
    const int TailBytes = 8;
    const int SealBytes = SHA256.HashSizeInBytes;

    static ReadOnlySpan<byte> Magic => "PAR1"u8;

    /// <summary>Writes a complete Parquet file with its seal.</summary>
    public static void Write(Stream stream, ReadOnlySpan<byte> parquet)
    {
        var footer = FooterStart(parquet);
        stream.Write(parquet[..footer]);
        stream.Write(SHA256.HashData(parquet));
        stream.Write(parquet[footer..]);
    }

    /// <exception cref="InvalidDataException">Not a sealed file, cut short or changed.</exception>
    public static void Check(ReadOnlySpan<byte> file)
    {
        if (file.Length == 0) throw new InvalidDataException("it is empty");
        if (file.Length < Magic.Length || !file.StartsWith(Magic)) throw new InvalidDataException("it is no Parquet file");
        if (file.Length < TailBytes + SealBytes || !file.EndsWith(Magic)) throw new InvalidDataException("it is cut short");
        var footer = FooterStart(file);
        if (footer < SealBytes + Magic.Length) throw new InvalidDataException("it is damaged");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(file[..(footer - SealBytes)]);
        hash.AppendData(file[footer..]);
        if (!hash.GetHashAndReset().AsSpan().SequenceEqual(file[(footer - SealBytes)..footer]))
            throw new InvalidDataException("its checksum is wrong: it is damaged, or it was written by another program");
    }

    /// <summary>Where the footer begins; negative when its length is impossible.</summary>
    static int FooterStart(ReadOnlySpan<byte> file)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(file[^TailBytes..]);
        return length > file.Length ? -1 : file.Length - TailBytes - (int)length;
    }
}
