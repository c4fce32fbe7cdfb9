namespace EtradeBot.Learning.Files;

/// <summary>Instructions of Python's pickle machine, protocol 2 (Python's Lib/pickletools.py).</summary>
static class PickleCode
{
    public const byte Protocol = 0x80;
    public const byte End = (byte)'.';
    public const byte Mark = (byte)'(';
    public const byte EmptyDict = (byte)'}';
    public const byte EmptyTuple = (byte)')';
    public const byte EmptyList = (byte)']';
    public const byte Tuple = (byte)'t';
    public const byte Tuple1 = 0x85;
    public const byte Tuple2 = 0x86;
    public const byte Tuple3 = 0x87;
    public const byte True = 0x88;
    public const byte False = 0x89;
    public const byte None = (byte)'N';
    public const byte Int1 = (byte)'K';
    public const byte Int2 = (byte)'M';
    public const byte Int4 = (byte)'J';
    public const byte Long1 = 0x8a;
    public const byte Float = (byte)'G';
    public const byte Text = (byte)'X';
    public const byte Put1 = (byte)'q';
    public const byte Put4 = (byte)'r';
    public const byte Get1 = (byte)'h';
    public const byte Get4 = (byte)'j';
    public const byte Global = (byte)'c';
    public const byte PersistentId = (byte)'Q';
    public const byte Reduce = (byte)'R';
    public const byte Build = (byte)'b';
    public const byte SetItem = (byte)'s';
    public const byte SetItems = (byte)'u';
    public const byte Append = (byte)'a';
    public const byte Appends = (byte)'e';
}
