using System.Globalization;
using System.Text;
using System.Xml;

namespace EtradeBot.ETrade.Wire;

/// <summary>Bodies of order requests. XML is what the broker's own sample and every proven client send.</summary>
static class OrderXml
{
    const string Declaration = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";

    static readonly XmlWriterSettings Settings = new() { OmitXmlDeclaration = true, Indent = false };

    public static string Preview(OrderTicket ticket) => Write("PreviewOrderRequest", xml => WriteTicket(xml, ticket, previewId: null));

    /// <summary>Repeats the previewed terms, or the broker refuses with code 101.</summary>
    public static string Place(OrderTicket ticket, long previewId) => Write("PlaceOrderRequest", xml => WriteTicket(xml, ticket, previewId));

    public static string Cancel(long orderId) =>
        Write("CancelOrderRequest", xml => xml.WriteElementString("orderId", orderId.ToString(CultureInfo.InvariantCulture)));

    static string Write(string root, Action<XmlWriter> write)
    {
        var text = new StringBuilder(Declaration).Append('\n');
        using (var xml = XmlWriter.Create(text, Settings))
        {
            xml.WriteStartElement(root);
            write(xml);
            xml.WriteEndElement();
        }
        return text.ToString();
    }

    static void WriteTicket(XmlWriter xml, OrderTicket ticket, long? previewId)
    {
        xml.WriteElementString("orderType", "EQ");
        xml.WriteElementString("clientOrderId", ticket.ClientOrderId);
        if (previewId is { } id)
        {
            xml.WriteStartElement("PreviewIds");
            xml.WriteElementString("previewId", id.ToString(CultureInfo.InvariantCulture));
            xml.WriteEndElement();
        }
        xml.WriteStartElement("Order");
        xml.WriteElementString("allOrNone", ticket.AllOrNone ? "true" : "false");
        xml.WriteElementString("priceType", Words.Of(ticket.PriceType));
        xml.WriteElementString("orderTerm", Words.Of(ticket.Term));
        xml.WriteElementString("marketSession", Words.Session(ticket.IsExtendedSession));
        WritePrice(xml, "limitPrice", ticket.Limit);
        // The trail of a trailing stop travels as its stop price.
        WritePrice(xml, "stopPrice", ticket.Trail ?? ticket.Stop);
        xml.WriteElementString("routingDestination", "AUTO");
        WriteInstrument(xml, ticket);
        xml.WriteEndElement();
    }

    static void WriteInstrument(XmlWriter xml, OrderTicket ticket)
    {
        xml.WriteStartElement("Instrument");
        xml.WriteStartElement("Product");
        xml.WriteElementString("securityType", "EQ");
        xml.WriteElementString("symbol", ticket.Symbol.Ticker);
        xml.WriteEndElement();
        xml.WriteElementString("orderAction", Words.Of(ticket.Action));
        xml.WriteElementString("quantityType", "QUANTITY");
        xml.WriteElementString("quantity", ticket.Shares.ToString(CultureInfo.InvariantCulture));
        xml.WriteEndElement();
    }

    /// <summary>A price that the type does not use stays there, empty, as in the broker's sample.</summary>
    static void WritePrice(XmlWriter xml, string name, decimal? price)
    {
        xml.WriteStartElement(name);
        if (price is { } value) xml.WriteString(value.ToString("0.####", CultureInfo.InvariantCulture));
        xml.WriteFullEndElement();
    }
}
