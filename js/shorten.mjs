/**
 * Gives the functions that WebAssembly imports from its glue names of one or two letters, in both files.
 *
 * wasm-bindgen names them by what they do and a hash, about 40 letters each and nothing that compresses; nobody but the two
 * files reads them. It saves 12 kB, and 4 kB after brotli.
 */

const IMPORTS = 2; // the section's number in the binary format

/** Gives `{ wasm, glue }` with short names. Fails where a name is not found exactly once in the glue. */
export function shorten(wasm, glue) {
  const names = new Map();
  const modules = new Map();
  const short = (map, name) => map.get(name) ?? map.set(name, map.size.toString(36)).get(name);
  const rewritten = rewrite(wasm, (module, name) => [short(modules, module), short(names, name)]);
  let text = glue;
  for (const [name, letter] of [...names, ...[...modules].map(([name, letter]) => [`"${name}"`, letter])]) {
    const parts = text.split(name);
    if (parts.length !== 2) throw new Error(`${name} is ${parts.length - 1} times in the glue, expected once`);
    text = parts.join(`"${letter}"`);
  }
  return { wasm: rewritten, glue: text };
}

/** The file with each import's module and name replaced. */
function rewrite(wasm, rename) {
  const reader = new Reader(wasm);
  const parts = [reader.take(8)]; // magic and version
  while (!reader.done) {
    const begin = reader.at;
    const section = reader.byte();
    const body = reader.take(reader.number());
    parts.push(section === IMPORTS ? sized(IMPORTS, imports(new Reader(body), rename)) : wasm.subarray(begin, reader.at));
  }
  return Buffer.concat(parts);
}

function imports(reader, rename) {
  const count = reader.number();
  const parts = [number(count)];
  for (let i = 0; i < count; i++) {
    const [module, name] = rename(reader.text(), reader.text());
    const begin = reader.at;
    reader.description();
    parts.push(text(module), text(name), reader.bytes.subarray(begin, reader.at));
  }
  return Buffer.concat(parts);
}

class Reader {
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

const number = (value) => {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return Buffer.from([...bytes, value]);
};
const text = (value) => Buffer.concat([number(Buffer.byteLength(value)), Buffer.from(value)]);
const sized = (section, body) => Buffer.concat([Buffer.from([section]), number(body.length), body]);
