using EtradeBot.Simulator.Protocol;

namespace EtradeBot.Simulator.Hosting;

/// <summary>A body that breaks off, or comes a byte at a time.</summary>
sealed class DeliveredStream(ReadOnlyMemory<byte> body, Delivery delivery, TimeProvider wall) : Stream
{
    int _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_read >= delivery.CutAfter && _read < body.Length) throw new HttpIOException(HttpRequestError.ResponseEnded, "The simulator cut the connection.");
        var left = Math.Min(body.Length, delivery.CutAfter ?? int.MaxValue) - _read;
        if (left <= 0 || buffer.Length == 0) return 0;
        var count = Math.Min(left, buffer.Length);
        if (delivery.Drip is { } pause)
        {
            // A cancelled Task.Delay would go on in the thread pool, in an order of its own.
            if (_read > 0) await Task.Delay(pause, wall, CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
            count = 1;
        }
        body.Slice(_read, count).CopyTo(buffer);
        _read += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("the simulator's answers are read asynchronously");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
