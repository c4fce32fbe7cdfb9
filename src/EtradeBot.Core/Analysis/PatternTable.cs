using static EtradeBot.Analysis.PatternBias;
using static EtradeBot.Analysis.PatternWords;

namespace EtradeBot.Analysis;

/// <summary>Every pattern, one row each: a new pattern is a member of <see cref="Pattern"/> and a row here.</summary>
/// <remarks>Rules and settings of TA-Lib 0.6 (ta_CDL*.c). <c>Body(1)</c> is the body of the candle before the judged one.
/// The rows drive both detection (<see cref="PatternScan"/>) and <see cref="Patterns.Explain"/>.</remarks>
static class PatternTable
{
    /// <summary>In the order of <see cref="Pattern"/>.</summary>
    public static readonly PatternRule[] Rows =
    [
        new(new(Pattern.Hammer, "Hammer", "CDLHAMMER", Bullish, 1, 11,
            "A small body at the top of a long lower shadow, at or below the previous low: sellers were pushed back."),
        [
            .. HammerShape,
            new("body at or near the previous low", Bottom(0) <= Low(1) + Near(1)),
        ]),

        new(new(Pattern.Engulfing, "Engulfing", "CDLENGULFING", EitherWay, 2, 2,
            "A body that covers the whole previous body of the other colour: control changes hands."),
        [
            new("colours differ", Colour(0).DiffersFrom(Colour(1))),
            new("reaches the top of the previous body", Top(0) >= Top(1)),
            new("reaches the bottom of the previous body", Bottom(0) <= Bottom(1)),
        ])
        {
            Sign = SignRule.ByOwnColour,
            Variants =
            [
                new(100, new("beyond the previous top", Top(0) > Top(1)), new("beyond the previous bottom", Bottom(0) < Bottom(1))),
                new(80, new Condition("beyond the previous top only", Top(0) > Top(1))),
                new(80, new Condition("beyond the previous bottom only", Bottom(0) < Bottom(1))),
            ],
        },

        new(new(Pattern.Doji, "Doji", "CDLDOJI", Neutral, 1, 10,
            "Open and close all but equal: nobody won."),
        [
            new("hardly any body", Body(0) <= BodyDoji(0)),
        ]),

        new(new(Pattern.MorningStar, "Morning Star", "CDLMORNINGSTAR", Bullish, 3, 12,
            "A long black body, a small body below it, then a white body that climbs well into the first."),
        [
            new("second body gaps below the first", Top(1) < Bottom(2)),
            new("first black", Close(2) < Open(2)),
            new("first body long", Body(2) > BodyLong(2)),
            new("second body small", Body(1) <= BodyShort(1)),
            new("third white", Close(0) >= Open(0)),
            new("third body not small", Body(0) > BodyShort(0)),
            new("closes more than 0.3 up the first body", Close(0) > Close(2) + 0.3 * Body(2)),
        ]),

        new(new(Pattern.EveningStar, "Evening Star", "CDLEVENINGSTAR", Bearish, 3, 12,
            "A long white body, a small body above it, then a black body that falls well into the first."),
        [
            new("second body gaps above the first", Bottom(1) > Top(2)),
            new("first white", Close(2) >= Open(2)),
            new("first body long", Body(2) > BodyLong(2)),
            new("second body small", Body(1) <= BodyShort(1)),
            new("third black", Close(0) < Open(0)),
            new("third body not small", Body(0) > BodyShort(0)),
            new("closes more than 0.3 down the first body", Close(0) < Close(2) - 0.3 * Body(2)),
        ]) { Variants = [new(-100)] },

        new(new(Pattern.InvertedHammer, "Inverted Hammer", "CDLINVERTEDHAMMER", Bullish, 1, 11,
            "A small body at the bottom of a long upper shadow, gapping below the previous body."),
        [
            .. InvertedHammerShape,
            new("body gaps below the previous body", Top(0) < Bottom(1)),
        ]),

        new(new(Pattern.ShootingStar, "Shooting Star", "CDLSHOOTINGSTAR", Bearish, 1, 11,
            "A small body at the bottom of a long upper shadow, gapping above the previous body: buyers were pushed back."),
        [
            .. InvertedHammerShape,
            new("body gaps above the previous body", Bottom(0) > Top(1)),
        ]) { Variants = [new(-100)] },

        new(new(Pattern.HangingMan, "Hanging Man", "CDLHANGINGMAN", Bearish, 1, 11,
            "The shape of a hammer at or above the previous high: the first sign of selling in a rise."),
        [
            .. HammerShape,
            new("body at or near the previous high", Bottom(0) >= High(1) - Near(1)),
        ]) { Variants = [new(-100)] },

        new(new(Pattern.Harami, "Harami", "CDLHARAMI", EitherWay, 2, 11,
            "A small body within the long body before it: the move has lost its breath."),
        [
            new("first body long", Body(1) > BodyLong(1)),
            new("second body small", Body(0) <= BodyShort(0)),
            new("not above the first body", Top(0) <= Top(1)),
            new("not below the first body", Bottom(0) >= Bottom(1)),
        ])
        {
            Sign = SignRule.AgainstPreviousColour,
            Variants =
            [
                new(100, new("top inside the first body", Top(0) < Top(1)), new("bottom inside the first body", Bottom(0) > Bottom(1))),
                new(80),
            ],
        },

        new(new(Pattern.Piercing, "Piercing", "CDLPIERCING", Bullish, 2, 11,
            "A long black body, then a long white one that opens below its low and closes above its middle."),
        [
            new("opens below the previous low", Open(0) < Low(1)),
            new("first black", Close(1) < Open(1)),
            new("first body long", Body(1) > BodyLong(1)),
            new("second white", Close(0) >= Open(0)),
            new("second body long", Body(0) > BodyLong(0)),
            new("closes within the first body", Close(0) < Open(1)),
            new("closes above the middle of the first body", Close(0) > Close(1) + 0.5 * Body(1)),
        ]),

        new(new(Pattern.DarkCloudCover, "Dark Cloud Cover", "CDLDARKCLOUDCOVER", Bearish, 2, 11,
            "A long white body, then a black one that opens above its high and closes below its middle."),
        [
            new("opens above the previous high", Open(0) > High(1)),
            new("first white", Close(1) >= Open(1)),
            new("first body long", Body(1) > BodyLong(1)),
            new("second black", Close(0) < Open(0)),
            new("closes within the first body", Close(0) > Open(1)),
            new("closes below the middle of the first body", Close(0) < Close(1) - 0.5 * Body(1)),
        ]) { Variants = [new(-100)] },

        ThreeWhiteSoldiers,
        ThreeBlackCrows,

        new(new(Pattern.Marubozu, "Marubozu", "CDLMARUBOZU", EitherWay, 1, 10,
            "A long body all but without shadows: one side ruled from open to close."),
        [
            new("body long", Body(0) > BodyLong(0)),
            new("hardly any upper shadow", UpperShadow(0) < ShadowVeryShort(0)),
            new("hardly any lower shadow", LowerShadow(0) < ShadowVeryShort(0)),
        ]) { Sign = SignRule.ByOwnColour },

        new(new(Pattern.SpinningTop, "Spinning Top", "CDLSPINNINGTOP", Neutral, 1, 10,
            "A small body between longer shadows: indecision. The sign only tells the candle's colour."),
        [
            new("body small", Body(0) < BodyShort(0)),
            new("upper shadow longer than the body", UpperShadow(0) > Body(0)),
            new("lower shadow longer than the body", LowerShadow(0) > Body(0)),
        ]) { Sign = SignRule.ByOwnColour },

        new(new(Pattern.DragonflyDoji, "Dragonfly Doji", "CDLDRAGONFLYDOJI", Neutral, 1, 10,
            "A doji with a lower shadow only, often read as bullish after a fall; the value only means found."),
        [
            new("hardly any body", Body(0) <= BodyDoji(0)),
            new("hardly any upper shadow", UpperShadow(0) < ShadowVeryShort(0)),
            new("a lower shadow", LowerShadow(0) > ShadowVeryShort(0)),
        ]),

        new(new(Pattern.GravestoneDoji, "Gravestone Doji", "CDLGRAVESTONEDOJI", Neutral, 1, 10,
            "A doji with an upper shadow only, often read as bearish after a rise; the value only means found."),
        [
            new("hardly any body", Body(0) <= BodyDoji(0)),
            new("hardly any lower shadow", LowerShadow(0) < ShadowVeryShort(0)),
            new("an upper shadow", UpperShadow(0) > ShadowVeryShort(0)),
        ]),
    ];

    /// <exception cref="ArgumentOutOfRangeException">Not a member of <see cref="Pattern"/>.</exception>
    public static PatternRule Row(Pattern pattern) => (uint)pattern < (uint)Rows.Length
        ? Rows[(int)pattern]
        : throw new ArgumentOutOfRangeException(nameof(pattern), pattern, "no such pattern");

    static Condition[] HammerShape =>
    [
        new("body small", Body(0) < BodyShort(0)),
        new("lower shadow longer than the body", LowerShadow(0) > ShadowLong(0)),
        new("hardly any upper shadow", UpperShadow(0) < ShadowVeryShort(0)),
    ];

    static Condition[] InvertedHammerShape =>
    [
        new("body small", Body(0) < BodyShort(0)),
        new("upper shadow longer than the body", UpperShadow(0) > ShadowLong(0)),
        new("hardly any lower shadow", LowerShadow(0) < ShadowVeryShort(0)),
    ];

    static PatternRule ThreeWhiteSoldiers => new(
        new PatternInfo(Pattern.ThreeWhiteSoldiers, "Three White Soldiers", "CDL3WHITESOLDIERS", Bullish, 3, 12,
            "Three white candles that close near their highs, each opening within the one before and closing higher."),
    [
        new("first white", Close(2) >= Open(2)),
        new("second white", Close(1) >= Open(1)),
        new("third white", Close(0) >= Open(0)),
        new("second closes above the first", Close(1) > Close(2)),
        new("third closes above the second", Close(0) > Close(1)),
        new("second opens above the first open", Open(1) > Open(2)),
        new("third opens above the second open", Open(0) > Open(1)),
        new("first: hardly any upper shadow", UpperShadow(2) < ShadowVeryShort(2)),
        new("second: hardly any upper shadow", UpperShadow(1) < ShadowVeryShort(1)),
        new("third: hardly any upper shadow", UpperShadow(0) < ShadowVeryShort(0)),
        new("second opens within or near the first body", Open(1) <= Close(2) + Near(2)),
        new("third opens within or near the second body", Open(0) <= Close(1) + Near(1)),
        new("second body not far smaller than the first", Body(1) > Body(2) - Far(2)),
        new("third body not far smaller than the second", Body(0) > Body(1) - Far(1)),
        new("third body not small", Body(0) > BodyShort(0)),
    ]);

    static PatternRule ThreeBlackCrows => new(
        new PatternInfo(Pattern.ThreeBlackCrows, "Three Black Crows", "CDL3BLACKCROWS", Bearish, 4, 13,
            "A white candle, then three black ones that close near their lows, each opening within the body before and closing lower."),
    [
        new("the candle before is white", Close(3) >= Open(3)),
        new("first black", Close(2) < Open(2)),
        new("second black", Close(1) < Open(1)),
        new("third black", Close(0) < Open(0)),
        new("second opens below the first open", Open(1) < Open(2)),
        new("second opens above the first close", Open(1) > Close(2)),
        new("third opens below the second open", Open(0) < Open(1)),
        new("third opens above the second close", Open(0) > Close(1)),
        new("first closes below the high before", Close(2) < High(3)),
        new("second closes below the first", Close(1) < Close(2)),
        new("third closes below the second", Close(0) < Close(1)),
        new("first: hardly any lower shadow", LowerShadow(2) < ShadowVeryShort(2)),
        new("second: hardly any lower shadow", LowerShadow(1) < ShadowVeryShort(1)),
        new("third: hardly any lower shadow", LowerShadow(0) < ShadowVeryShort(0)),
    ])
    { Variants = [new(-100)] };
}
