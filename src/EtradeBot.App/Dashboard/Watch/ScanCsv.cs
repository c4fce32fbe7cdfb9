using System.Globalization;
using System.Text;
using EtradeBot.App.Hosting.Scanning;

namespace EtradeBot.App.Dashboard.Watch;

/// <summary>The scanner's rows as a file: shares as fractions, instants in UTC.</summary>
static class ScanCsv
{
    const string Header = "symbol,timeframe,pattern,direction,value,open_time,close_time,age_candles,horizon_candles,occurrences,count,rises,falls,rise_rate,low_95,high_95,base_rate,mean_return,median_return,score,tests,low_adjusted,high_adjusted";

    public static string Write(ScanReport report, ScanView view)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (var row in view.Rows(report))
        {
            var evidence = row.Evidence;
            var (low, high) = evidence.RiseInterval;
            var adjusted = evidence.RiseIntervalAmong(report.Tests);
            // Tickers and names of patterns hold neither commas nor quotes.
            text.Append(CultureInfo.InvariantCulture, $"{row.Symbol},{row.Timeframe},{row.Pattern.NameOf(row.Value)},{row.Direction},{row.Value},{row.OpenTime:yyyy-MM-ddTHH:mm:ssZ},{row.CloseTime:yyyy-MM-ddTHH:mm:ssZ},{row.Age},");
            text.Append(CultureInfo.InvariantCulture, $"{evidence.Horizon},{evidence.Occurrences},{evidence.Count},{evidence.Rises},{evidence.Falls},{Number(evidence.RiseRate)},{Number(low)},{Number(high)},{Number(evidence.BaseRate)},");
            text.Append(CultureInfo.InvariantCulture, $"{Number(evidence.MeanReturn)},{Number(evidence.MedianReturn)},{Number(evidence.EvidenceScore)},{report.Tests},{Number(adjusted.Low)},{Number(adjusted.High)}\n");
        }
        return text.ToString();
    }

    static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("0.######", CultureInfo.InvariantCulture);
}
