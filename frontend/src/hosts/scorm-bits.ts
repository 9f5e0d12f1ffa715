/** Numbers and texts as bits, and bits as characters that every learning platform hands on unchanged. */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const BITS = 6;

export class BitWriter {
  private bits = "";

  /** A whole number from 0 to 2^width - 1. */
  put(value: number, width: number): void {
    if (width) this.bits += value.toString(2).padStart(width, "0");
  }

  flag(value: boolean): void {
    this.put(Number(value), 1);
  }

  /** A whole number of any size, in an exponential Golomb code of order `k`: short where it is below 2^k or little more. */
  count(value: number, k = 0): void {
    const bits = (value + 2 ** k).toString(2);
    this.bits += "0".repeat(bits.length - 1 - k) + bits;
  }

  text(words: string): void {
    const bytes = new TextEncoder().encode(words);
    this.count(bytes.length, 4);
    for (const byte of bytes) this.put(byte, 8);
  }

  /** A number of any kind, as it stands in memory. */
  float(value: number): void {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value);
    this.put(view.getUint32(0), 32);
    this.put(view.getUint32(4), 32);
  }

  toString(): string {
    const padded = this.bits.padEnd(Math.ceil(this.bits.length / BITS) * BITS, "0");
    return padded.replace(/.{6}/g, (six) => ALPHABET[parseInt(six, 2)]!);
  }
}

/** Reads what a `BitWriter` wrote; throws a RangeError where there is no more, or where the text is none of its own. */
export class BitReader {
  private readonly bits: string;
  private at = 0;

  constructor(text: string) {
    this.bits = text.replace(/[^]/g, (char) => {
      const value = ALPHABET.indexOf(char);
      if (value < 0) throw new RangeError("no such character");
      return value.toString(2).padStart(BITS, "0");
    });
  }

  take(width: number): number {
    if (this.at + width > this.bits.length) throw new RangeError("nothing is left");
    this.at += width;
    return width ? parseInt(this.bits.slice(this.at - width, this.at), 2) : 0;
  }

  flag(): boolean {
    return this.take(1) === 1;
  }

  count(k = 0): number {
    const one = this.bits.indexOf("1", this.at);
    if (one < 0) throw new RangeError("nothing is left");
    const width = one - this.at + 1 + k;
    this.at = one;
    return this.take(width) - 2 ** k;
  }

  text(): string {
    const length = this.count(4);
    if (length > this.bits.length) throw new RangeError("nothing is left");
    return new TextDecoder().decode(Uint8Array.from({ length }, () => this.take(8)));
  }

  float(): number {
    const view = new DataView(new ArrayBuffer(8));
    view.setUint32(0, this.take(32));
    view.setUint32(4, this.take(32));
    return view.getFloat64(0);
  }
}
