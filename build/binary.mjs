/** WebAssembly's binary format, as far as the steps of the build read and write it. */

/** The sections' numbers. */
export const CUSTOM = 0;
export const IMPORTS = 2;
export const EXPORTS = 7;
export const CODE = 10;

/** Each section of a file: its number, a reader of its body, and all of its bytes. */
export function* sections(wasm) {
  const reader = new Reader(wasm);
  reader.take(8); // magic and version
  while (!reader.done) {
    const begin = reader.at;
    const section = reader.byte();
    const body = new Reader(reader.take(reader.number()));
    yield { section, body, bytes: wasm.subarray(begin, reader.at) };
  }
}

/** The file with some sections written anew: `{ [section]: (body) => bytes }`. */
export function rewriteSections(wasm, writers) {
  const parts = [wasm.subarray(0, 8)];
  for (const { section, body, bytes } of sections(wasm)) {
    parts.push(writers[section] ? sized(section, writers[section](body)) : bytes);
  }
  return Buffer.concat(parts);
}

/** A counted list, each item written anew by `item`, which gives the parts of it. */
export function list(reader, item) {
  const count = reader.number();
  return Buffer.concat([number(count), ...Array.from({ length: count }, (_, index) => item(index)).flat()]);
}

export class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  get done() {
    return this.at === this.bytes.length;
  }

  byte() {
    return this.bytes[this.at++];
  }

  take(length) {
    return this.bytes.subarray(this.at, (this.at += length));
  }

  /** What is passed over meanwhile. */
  since(read) {
    const begin = this.at;
    read();
    return this.bytes.subarray(begin, this.at);
  }

  /** An unsigned LEB128 number. */
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }

  text() {
    return Buffer.from(this.take(this.number())).toString();
  }

  /** Passes over what is imported: a function, table, memory, global or tag. */
  description() {
    const kind = this.byte();
    if (kind === 0) this.number();
    else if (kind === 1) this.take(1), this.limits();
    else if (kind === 2) this.limits();
    else if (kind === 3) this.take(2);
    else throw new Error(`an import of the unknown kind ${kind}`);
  }

  limits() {
    const flags = this.number();
    this.number();
    if (flags & 1) this.number();
  }
}

export const number = (value) => {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return Buffer.from([...bytes, value]);
};
export const text = (value) => Buffer.concat([number(Buffer.byteLength(value)), Buffer.from(value)]);
const sized = (section, body) => Buffer.concat([Buffer.from([section]), number(body.length), body]);
