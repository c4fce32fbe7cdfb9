using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EtradeBot.Analysis;

/// <summary>Compares 64 pairs of numbers into 64 bits, the first pair in the lowest. No comparison with NaN holds.</summary>
static class CandleBits
{
    /// <param name="left">The first of 64 numbers.</param>
    /// <param name="right">The first of 64 numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Compare(Operator comparison, ref double left, ref double right) => comparison switch
    {
        Operator.Less => Bits<IsLess>(ref left, ref right),
        Operator.LessOrEqual => Bits<IsLessOrEqual>(ref left, ref right),
        Operator.Greater => Bits<IsLess>(ref right, ref left),
        Operator.GreaterOrEqual => Bits<IsLessOrEqual>(ref right, ref left),
        _ => Bits<Differs>(ref left, ref right),
    };

    interface ITest
    {
        static abstract uint Of(Vector256<double> left, Vector256<double> right);

        static abstract ulong Of(Vector512<double> left, Vector512<double> right);
    }

    readonly struct IsLess : ITest
    {
        public static uint Of(Vector256<double> left, Vector256<double> right) => Vector256.LessThan(left, right).ExtractMostSignificantBits();

        public static ulong Of(Vector512<double> left, Vector512<double> right) => Vector512.LessThan(left, right).ExtractMostSignificantBits();
    }

    readonly struct IsLessOrEqual : ITest
    {
        public static uint Of(Vector256<double> left, Vector256<double> right) => Vector256.LessThanOrEqual(left, right).ExtractMostSignificantBits();

        public static ulong Of(Vector512<double> left, Vector512<double> right) => Vector512.LessThanOrEqual(left, right).ExtractMostSignificantBits();
    }

    readonly struct Differs : ITest
    {
        public static uint Of(Vector256<double> left, Vector256<double> right) => (Vector256.LessThan(left, right) | Vector256.LessThan(right, left)).ExtractMostSignificantBits();

        public static ulong Of(Vector512<double> left, Vector512<double> right) => (Vector512.LessThan(left, right) | Vector512.LessThan(right, left)).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Bits<T>(ref double left, ref double right) where T : struct, ITest
    {
        var bits = 0UL;
        if (Vector512.IsHardwareAccelerated)
            for (nuint i = 0; i < 64; i += 16)
                bits |= (Eight<T>(ref left, ref right, i) | Eight<T>(ref left, ref right, i + 8) << 8) << (int)i;
        else
            for (nuint i = 0; i < 64; i += 8)
                bits |= (ulong)(Four<T>(ref left, ref right, i) | Four<T>(ref left, ref right, i + 4) << 4) << (int)i;
        return bits;
    }

    static uint Four<T>(ref double left, ref double right, nuint i) where T : struct, ITest =>
        T.Of(Vector256.LoadUnsafe(ref left, i), Vector256.LoadUnsafe(ref right, i));

    static ulong Eight<T>(ref double left, ref double right, nuint i) where T : struct, ITest =>
        T.Of(Vector512.LoadUnsafe(ref left, i), Vector512.LoadUnsafe(ref right, i));

    /// <summary>Puts <paramref name="value"/> where a bit is set, over bytes that are 0 there.</summary>
    /// <param name="result">At most 64; no bit beyond its end is set.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(ulong bits, int value, Span<sbyte> result)
    {
        if (result.Length < 64)
            for (var i = 0; i < result.Length; i++, bits >>= 1) result[i] |= (sbyte)((int)(bits & 1) * value);
        else
            for (var i = 0; bits != 0; i += 32, bits >>= 32) Spread((uint)bits, (sbyte)value, ref result[i]);
    }

    static void Spread(uint bits, sbyte value, ref sbyte result)
    {
        // Each bit becomes a byte, without a branch that hangs on the candles.
        var bytes = Vector256.Shuffle(Vector256.Create(bits).AsByte(), Vector256.Create(
            (byte)0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 18, 18, 18, 18, 18, 18, 18, 18, 19, 19, 19, 19, 19, 19, 19, 19));
        var place = Vector256.Create(0x8040201008040201).AsByte();
        var found = Vector256.Equals(bytes & place, place).AsSByte() & Vector256.Create(value);
        (Vector256.LoadUnsafe(ref result) | found).StoreUnsafe(ref result);
    }
}
