using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Copies a 64-bit ELF library and marks its need of one symbol version as weak, so that a system without that version still loads it.</summary>
/// <remarks>
/// Fails the build when the library really uses the version: when a symbol of it is relocated, or is not one of <see cref="AllowedSymbols"/>.
/// Format: System V ABI, chapter 4; the version sections: Linux Standard Base, "Symbol Versioning".
/// </remarks>
public sealed class WeakenElfVersionNeed : Task
{
    const ushort WeakFlag = 2;
    const uint Relocations = 4, DynamicSymbols = 11, VersionNeeds = 0x6ffffffe, SymbolVersions = 0x6fffffff;

    [Required]
    public string Source { get; set; }

    /// <summary>Always a new file, so that a hard link into the package cache is never written through.</summary>
    [Required]
    public string Destination { get; set; }

    /// <summary>For example GLIBCXX_3.4.32.</summary>
    [Required]
    public string Version { get; set; }

    /// <summary>Symbols of that version that may be named as long as nothing points to them; separated by semicolons.</summary>
    public string AllowedSymbols { get; set; }

    byte[] _bytes;

    public override bool Execute()
    {
        _bytes = File.ReadAllBytes(Source);
        var changed = Patch();
        if (changed < 0)
            return false;
        Directory.CreateDirectory(Path.GetDirectoryName(Destination));
        var temporary = Destination + "." + Guid.NewGuid().ToString("N");
        File.WriteAllBytes(temporary, _bytes);
        if (File.Exists(Destination))
            File.Delete(Destination);
        File.Move(temporary, Destination);
        Log.LogMessage(MessageImportance.Normal, "{0}: {1} needs of {2} made weak", Path.GetFileName(Destination), changed, Version);
        return true;
    }

    sealed class Section
    {
        public uint Type;
        public long Offset, Size, EntrySize;
        public int Link;
        public uint Info;
    }

    /// <summary>How many needs were changed; -1 when the version is really used (the error is logged).</summary>
    int Patch()
    {
        if (_bytes.Length < 64 || U32(0) != 0x464c457f || _bytes[4] != 2 || _bytes[5] != 1)
            return 0; // not a 64-bit little-endian ELF: copied as it is
        var sections = Sections();
        var needs = sections.FirstOrDefault(s => s.Type == VersionNeeds);
        var versions = sections.FirstOrDefault(s => s.Type == SymbolVersions);
        var symbols = sections.FirstOrDefault(s => s.Type == DynamicSymbols);
        if (needs == null || versions == null || symbols == null)
            return 0;
        var found = Needs(needs, sections[needs.Link].Offset);
        var indexes = new HashSet<int>(found.Select(at => U16(at + 6) & 0x7fff));
        var relocated = new HashSet<long>(sections.Where(s => s.Type == Relocations && s.EntrySize == 24).SelectMany(RelocatedSymbols));
        var allowed = (AllowedSymbols ?? "").Split(';');
        for (long k = 0; k < versions.Size / 2; k++)
        {
            if (!indexes.Contains(U16(versions.Offset + 2 * k) & 0x7fff))
                continue;
            var name = Text(sections[symbols.Link].Offset + U32(symbols.Offset + 24 * k));
            if (!relocated.Contains(k) && allowed.Contains(name))
                continue;
            Log.LogError("{0} really uses {1} of {2}; the need cannot be made weak", Path.GetFileName(Source), name, Version);
            return -1;
        }
        return MarkWeak(found);
    }

    Section[] Sections()
    {
        long at = Long(0x28);
        int size = U16(0x3a), count = U16(0x3c);
        return Enumerable.Range(0, count).Select(i => at + (long)i * size).Select(h => new Section
        {
            Type = U32(h + 4),
            Offset = Long(h + 24),
            Size = Long(h + 32),
            Link = (int)U32(h + 40),
            Info = U32(h + 44),
            EntrySize = Long(h + 56),
        }).ToArray();
    }

    /// <summary>Offsets of the entries that need the version.</summary>
    List<long> Needs(Section needs, long names)
    {
        var found = new List<long>();
        var library = needs.Offset;
        for (uint i = 0; i < needs.Info; i++)
        {
            var entry = library + U32(library + 8);
            for (var j = 0; j < U16(library + 2); j++)
            {
                if (Text(names + U32(entry + 8)) == Version)
                    found.Add(entry);
                entry += U32(entry + 12);
            }
            library += U32(library + 12);
        }
        return found;
    }

    IEnumerable<long> RelocatedSymbols(Section relocations)
    {
        for (var at = relocations.Offset; at < relocations.Offset + relocations.Size; at += 24)
            yield return U32(at + 12); // the upper half of r_info
    }

    int MarkWeak(List<long> entries)
    {
        var changed = 0;
        foreach (var at in entries.Where(at => (U16(at + 4) & WeakFlag) == 0))
        {
            BitConverter.GetBytes((ushort)(U16(at + 4) | WeakFlag)).CopyTo(_bytes, (int)(at + 4));
            changed++;
        }
        return changed;
    }

    ushort U16(long at) { return BitConverter.ToUInt16(_bytes, checked((int)at)); }

    uint U32(long at) { return BitConverter.ToUInt32(_bytes, checked((int)at)); }

    long Long(long at) { return BitConverter.ToInt64(_bytes, checked((int)at)); }

    string Text(long at)
    {
        var end = Array.IndexOf(_bytes, (byte)0, (int)at);
        return Encoding.ASCII.GetString(_bytes, (int)at, end - (int)at);
    }
}
