using System.Text;
using CsCheck;
using EtradeBot.Brokers;

namespace EtradeBot.ETrade.Http;

/// <summary>Whatever comes back: an answer or a <see cref="BrokerException"/>, nothing else, and no secret in its words.</summary>
public sealed class ReplyRobustnessTests
{
    static readonly int[] Statuses = [200, 201, 204, 302, 400, 401, 403, 404, 429, 500, 503];
    static readonly string[] Types = ["application/json", "application/xml", "text/html", "text/plain"];

    static readonly string[] Pieces =
    [
        "{", "}", "[", "]", "\"", ":", ",", "null", "1e999", "-0", "\"Error\"", "\"code\"", "\"message\"", "163", "<Error>", "</Error>", "<code>", "</code>", "<message>",
        "<?xml version=\"1.0\" encoding=\"nobody-7\"?>", "<!DOCTYPE a [<!ENTITY x \"y\">]>", "&x;", "<!doctype html>", "<html>", "oauth_problem=", "token_rejected",
        "oauth_acceptable_timestamps=99999999999999-1", "exceeded the rate limit", "\u0000", "\\ud800", "\uFEFF", " ", "\n", "é",
    ];

    static readonly Gen<byte[]> Body = Gen.OneOf(
        Gen.Byte.Array[0, 300],
        One(Pieces).Array[0, 30].Select(pieces => Encoding.UTF8.GetBytes(string.Concat(pieces))),
        Gen.Select(One(Samples()), Gen.Int[0, 400], Gen.Byte, Damaged));

    [Fact]
    public void No_body_is_more_than_the_judge_can_take() =>
        Gen.Select(Body, One(Statuses), One(Types)).Sample((body, status, type) =>
        {
            foreach (var call in new[] { Wired.Read, Wired.Place })
            {
                var failure = ReplyJudge.Judge(ETradeWire.StateOf(call), new ETradeReply(status, type, body, DateTimeOffset.UnixEpoch));
                if (failure is null && status is not (200 or 204)) return false;
                if (failure?.Broker.Fate == RequestFate.NotSent) return false;
                if (failure is not null && failure.Broker.Message.Any(char.IsControl)) return false;
            }
            return true;
        }, iter: 20_000);

    [Fact]
    public async Task Over_the_network_too_it_is_an_answer_or_a_broker_exception()
    {
        var answer = ("", Array.Empty<byte>());
        await using var server = new RawServer(_ => new RawReply([.. Encoding.ASCII.GetBytes(answer.Item1), .. answer.Item2], Cuts: true));
        using var wired = new Wired(server.Url);
        await Gen.Select(Body, One(Statuses), One(Types), Gen.Int[-3, 3]).SampleAsync(async (body, status, type, off) =>
        {
            wired.Time.Advance(TimeSpan.FromMinutes(1));
            answer = ($"HTTP/1.1 {status} X\r\nContent-Type: {type}\r\nContent-Length: {Math.Max(0, body.Length + off)}\r\n\r\n", body);
            try
            {
                await wired.Transport.SendAsync(Wired.Preview, CancellationToken.None);
            }
            catch (BrokerException failed)
            {
                Assert.DoesNotContain(Wired.TokenText, failed.ToString(), StringComparison.Ordinal);
                Assert.NotEqual(RequestFate.Unknown, failed.Fate);
            }
        }, iter: 150, threads: 1);
    }

    static Gen<T> One<T>(T[] of) => Gen.Int[0, of.Length - 1].Select(i => of[i]);

    static byte[] Damaged(byte[] sample, int at, byte value)
    {
        var body = (byte[])sample.Clone();
        if (body.Length > 0) body[at % body.Length] = value;
        return at % 3 == 0 ? body[..(at % (body.Length + 1))] : body;
    }

    static byte[][] Samples() =>
        [.. Directory.GetFiles(TestFolders.Golden("etrade"), "errors-*").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
}
