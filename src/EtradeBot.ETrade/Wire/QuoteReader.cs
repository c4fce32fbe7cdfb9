using System.Text;
using System.Text.Json;
using EtradeBot.Market;

namespace EtradeBot.ETrade.Wire;

/// <summary>Reads quotes straight from the bytes of an answer: polling reads little else, and much of it.</summary>
/// <remarks>A field that this program reads may stand there once; what it does not read is skipped. Safe for several threads.</remarks>
sealed class QuoteReader
{
    static readonly FieldTable<QuoteRootField> RootFields = new();
    static readonly FieldTable<QuoteEntryField> EntryFields = new();
    static readonly FieldTable<QuoteBlockField> BlockFields = new();
    static readonly FieldTable<QuoteExtendedField> ExtendedFields = new();
    static readonly FieldTable<QuoteProductField> ProductFields = new();

    readonly TextPool _texts = new();

    /// <exception cref="WireException">Not an answer with quotes, or a quote that cannot be true.</exception>
    public QuoteBatch Read(ReadOnlyMemory<byte> body, DateTimeOffset receivedAt, IReadOnlyList<Symbol> asked)
    {
        var scan = new Scan(new QuoteBatch(asked), receivedAt, _texts);
        var json = new Utf8JsonReader(WireDocument.AsJson(body).Span);
        try
        {
            return scan.Read(ref json);
        }
        catch (JsonException e)
        {
            throw WireDocument.Malformed(e);
        }
    }

    readonly struct Scan(QuoteBatch batch, DateTimeOffset receivedAt, TextPool texts)
    {
        public QuoteBatch Read(ref Utf8JsonReader json)
        {
            var isFound = false;
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) throw new WireException("it is no QuoteResponse");
            while (NextName(ref json))
            {
                var isRoot = Ascii.EqualsIgnoreCase(json.ValueSpan, "QuoteResponse"u8);
                json.Read();
                if (!isRoot)
                {
                    json.Skip();
                    continue;
                }
                if (isFound || json.TokenType != JsonTokenType.StartObject) throw new WireException("its QuoteResponse is there twice or is no object");
                isFound = true;
                ReadRoot(ref json);
            }
            if (json.Read()) throw new WireException("something follows its end");
            return isFound ? batch : throw new WireException("it holds no QuoteResponse");
        }

        void ReadRoot(ref Utf8JsonReader json)
        {
            var seen = new Seen();
            while (NextName(ref json))
            {
                var field = RootFields.Find(json.ValueSpan);
                json.Read();
                seen.Mark(field, "QuoteResponse");
                if (field == (int)QuoteRootField.QuoteData) ReadEntries(ref json);
                else if (field == (int)QuoteRootField.Messages) ReadMessages(ref json);
                else json.Skip();
            }
        }

        void ReadEntries(ref Utf8JsonReader json)
        {
            if (IsNothing(ref json)) return;
            if (json.TokenType == JsonTokenType.StartObject)
            {
                ReadEntry(ref json, 0);
                return;
            }
            if (json.TokenType != JsonTokenType.StartArray) throw new WireException("its QuoteData is a plain value instead of a list");
            for (var place = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; place++)
            {
                if (json.TokenType != JsonTokenType.StartObject) throw new WireException("its QuoteData holds something else than quotes");
                ReadEntry(ref json, place);
            }
        }

        void ReadMessages(ref Utf8JsonReader json)
        {
            if (IsNothing(ref json)) return;
            using var messages = JsonDocument.ParseValue(ref json);
            if (messages.RootElement.ValueKind != JsonValueKind.Object) throw new WireException("its Messages are no object");
            batch.Messages.AddRange(MessageReader.Read(new WireObject(messages.RootElement, "Messages")));
        }

        void ReadEntry(ref Utf8JsonReader json, int place)
        {
            var draft = new QuoteDraft { Asked = -1 };
            var seen = new Seen();
            while (NextName(ref json))
            {
                var field = EntryFields.Find(json.ValueSpan);
                json.Read();
                seen.Mark(field, "QuoteData");
                switch ((QuoteEntryField)field)
                {
                    case QuoteEntryField.DateTime: draft.WallClock = QuoteValue.Text(ref json, "dateTime", texts); break;
                    case QuoteEntryField.DateTimeUTC: draft.At = QuoteValue.Instant(ref json, "dateTimeUTC"); break;
                    case QuoteEntryField.QuoteStatus: draft.Status = QuoteValue.Status(ref json); break;
                    case QuoteEntryField.AhFlag: draft.IsAfterHours = QuoteValue.Flag(ref json, "ahFlag"); break;
                    case QuoteEntryField.ErrorMessage: draft.Error = QuoteValue.Text(ref json, "errorMessage", texts); break;
                    case QuoteEntryField.Product: ReadProduct(ref json, ref draft, place); break;
                    case >= QuoteEntryField.All and <= QuoteEntryField.MutualFund: ReadBlock(ref json, ref draft); break;
                    default: json.Skip(); break;
                }
            }
            Add(draft);
        }

        void Add(in QuoteDraft draft)
        {
            if (draft.Foreign is not null) batch.Foreign.Add(draft.Foreign);
            else if (draft.Asked < 0 && !string.IsNullOrEmpty(draft.Error)) batch.Messages.Add(new(null, "ERROR", draft.Error));
            else if (draft.Asked < 0) throw new WireException("a quote does not say of which symbol it is");
            else if (!string.IsNullOrEmpty(draft.Error)) batch.Errors[draft.Asked] = draft.Error;
            else batch.Add(draft.Asked, draft.Build(batch.Asked[draft.Asked], receivedAt));
        }

        void ReadProduct(ref Utf8JsonReader json, ref QuoteDraft draft, int place)
        {
            if (!IsObject(ref json, "Product")) return;
            var seen = new Seen();
            while (NextName(ref json))
            {
                var field = ProductFields.Find(json.ValueSpan);
                json.Read();
                seen.Mark(field, "Product");
                if (field < 0)
                {
                    json.Skip();
                    continue;
                }
                var symbol = QuoteValue.Scalar(ref json, "symbol");
                if (symbol.IsEmpty) continue;
                draft.Asked = PlaceOf(symbol, place);
                if (draft.Asked < 0) draft.Foreign = WireNumber.Shown(symbol);
            }
        }

        int PlaceOf(ReadOnlySpan<byte> symbol, int likely)
        {
            if (likely < batch.Asked.Count && Ascii.EqualsIgnoreCase(symbol, batch.Asked[likely].Ticker)) return likely;
            for (var place = 0; place < batch.Asked.Count; place++)
                if (Ascii.EqualsIgnoreCase(symbol, batch.Asked[place].Ticker)) return place;
            return -1;
        }

        void ReadBlock(ref Utf8JsonReader json, ref QuoteDraft draft)
        {
            if (!IsObject(ref json, "quote block")) return;
            if (draft.HasBlock) throw new WireException("a quote has two blocks of prices");
            draft.HasBlock = true;
            var seen = new Seen();
            while (NextName(ref json))
            {
                var number = BlockFields.Find(json.ValueSpan);
                json.Read();
                if (number < 0)
                {
                    json.Skip();
                    continue;
                }
                seen.Mark(number, "quote block");
                ReadField(ref json, ref draft, (QuoteBlockField)number);
            }
        }

        void ReadField(ref Utf8JsonReader json, ref QuoteDraft draft, QuoteBlockField field)
        {
            switch (field)
            {
                case QuoteBlockField.Ask: draft.Ask = QuoteValue.Price(ref json, "ask"); break;
                case QuoteBlockField.AskSize: draft.AskSize = QuoteValue.Size(ref json, "askSize"); break;
                case QuoteBlockField.Bid: draft.Bid = QuoteValue.Price(ref json, "bid"); break;
                case QuoteBlockField.BidSize: draft.BidSize = QuoteValue.Size(ref json, "bidSize"); break;
                case QuoteBlockField.CompanyName: draft.Company = QuoteValue.Text(ref json, "companyName", texts); break;
                case QuoteBlockField.High: draft.High = QuoteValue.Price(ref json, "high"); break;
                case QuoteBlockField.LastTrade: draft.Last = QuoteValue.Price(ref json, "lastTrade"); break;
                case QuoteBlockField.Low: draft.Low = QuoteValue.Price(ref json, "low"); break;
                case QuoteBlockField.NetAssetValue: draft.NetAssetValue = QuoteValue.Price(ref json, "netAssetValue"); break;
                case QuoteBlockField.Open: draft.Open = QuoteValue.Price(ref json, "open"); break;
                case QuoteBlockField.PreviousClose: draft.PreviousClose = QuoteValue.Price(ref json, "previousClose"); break;
                case QuoteBlockField.PreviousDayVolume: draft.PreviousDayVolume = QuoteValue.Shares(ref json, "previousDayVolume"); break;
                case QuoteBlockField.PrimaryExchange: draft.Exchange = QuoteValue.Text(ref json, "primaryExchange", texts); break;
                case QuoteBlockField.FundName or QuoteBlockField.SymbolDescription: draft.Description = QuoteValue.Text(ref json, "symbolDescription", texts); break;
                case QuoteBlockField.TimeOfLastTrade: draft.LastTradeAt = QuoteValue.Instant(ref json, "timeOfLastTrade"); break;
                case QuoteBlockField.TotalVolume: draft.Volume = QuoteValue.Shares(ref json, "totalVolume"); break;
                case QuoteBlockField.AdjustedFlag: draft.IsAdjusted = QuoteValue.Flag(ref json, "adjustedFlag") ?? false; break;
                case QuoteBlockField.ExtendedHourQuoteDetail: ReadExtended(ref json, ref draft); break;
            }
        }

        static void ReadExtended(ref Utf8JsonReader json, ref QuoteDraft draft)
        {
            if (!IsObject(ref json, "ExtendedHourQuoteDetail")) return;
            var seen = new Seen();
            while (NextName(ref json))
            {
                var field = ExtendedFields.Find(json.ValueSpan);
                json.Read();
                seen.Mark(field, "ExtendedHourQuoteDetail");
                if (field == (int)QuoteExtendedField.LastPrice) draft.ExtendedLast = QuoteValue.Price(ref json, "lastPrice");
                else if (field == (int)QuoteExtendedField.TimeOfLastTrade) draft.ExtendedLastTradeAt = QuoteValue.Instant(ref json, "timeOfLastTrade");
                else json.Skip();
            }
        }

        static bool NextName(ref Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.PropertyName;

        static bool IsNothing(ref Utf8JsonReader json) =>
            json.TokenType == JsonTokenType.Null || json.TokenType == JsonTokenType.String && json.ValueSpan.IsEmpty;

        static bool IsObject(ref Utf8JsonReader json, string what)
        {
            if (IsNothing(ref json)) return false;
            return json.TokenType == JsonTokenType.StartObject ? true : throw new WireException($"a quote's {what} is no object");
        }
    }

    /// <summary>Fields met so far: a field that stands there twice has two meanings.</summary>
    struct Seen
    {
        ulong _fields;

        public void Mark(int field, string holder)
        {
            if (field < 0) return;
            var bit = 1UL << field;
            if ((_fields & bit) != 0) throw new WireException($"a field of its {holder} is there twice");
            _fields |= bit;
        }
    }
}
