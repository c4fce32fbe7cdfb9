// The chart library knows no time zones: stamps are shifted to wall-clock time before it sees them, and back.
const pad = (number) => String(number).padStart(2, "0");

export class Zone {
  constructor(name, word) {
    this.name = name;
    this.word = word;
    this.format = new Intl.DateTimeFormat("en-US", { timeZone: name, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" });
    this.offsets = new Map();
  }

  // Seconds to add to UTC. Zones change at full hours of UTC, or where no market is open.
  offset(seconds) {
    const hour = Math.floor(seconds / 3600);
    let offset = this.offsets.get(hour);
    if (offset === undefined) {
      const part = Object.fromEntries(this.format.formatToParts(hour * 3600000).map((one) => [one.type, Number(one.value)]));
      offset = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute) / 1000 - hour * 3600;
      this.offsets.set(hour, offset);
    }
    return offset;
  }

  wall(seconds) { return seconds + this.offset(seconds); }

  // The instant of a wall-clock time.
  utc(wall) { return wall - this.offset(wall - this.offset(wall)); }

  text(seconds, daily) {
    const date = new Date(this.wall(seconds) * 1000);
    const day = `${date.getUTCFullYear()}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}`;
    return daily ? day : `${day} ${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())} ${this.word}`;
  }
}

export const newYork = () => new Zone("America/New_York", "ET");
