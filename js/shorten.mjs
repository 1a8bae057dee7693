/**
 * Takes the names out of what passes between WebAssembly and its glue, in both files.
 *
 * wasm-bindgen names imports and exports by what they do and a hash, 40 letters each and up to 260, and nothing that
 * compresses; nobody but the two files reads them. An import becomes its place in an array, an export a letter. It saves 13 kB,
 * and 4.4 kB after brotli.
 */

const IMPORTS = 2; // the sections' numbers in the binary format
const EXPORTS = 7;

/** The table of imports in the glue, and its one module's name. */
const TABLE = /\{\n +__proto__: null,\n((?:        .*\n)+)    \}/;
const MODULE = '"./barge_in_bg.js"';

/** Gives `{ wasm, glue }` without names. Fails where the glue does not hold what WebAssembly asks for, and that alone. */
export function shorten(wasm, glue) {
  const entries = glue.match(TABLE)?.[1].split(/^        (?=\w)/m).slice(1) ?? [];
  // Functions that are alike but for a property's name lie side by side, where a compressor finds them: 0.1 kB.
  const shape = (entry) => entry.slice(entry.indexOf(":")).replaceAll(/\.\w+/g, "");
  entries.sort((a, b) => compare(shape(a), shape(b)) || compare(a, b));
  const places = new Map(entries.map((entry, index) => [entry.slice(0, entry.indexOf(":")), `${index}`]));
  const letters = new Map();
  const asked = new Set();
  const rewritten = rewrite(wasm, {
    imported(module, name) {
      if (JSON.stringify(module) !== MODULE || !places.has(name)) throw new Error(`${name} of ${module} is not in the glue`);
      asked.add(name);
      return ["0", places.get(name)];
    },
    exported(name) {
      letters.set(name, letter(letters.size));
      return letters.get(name);
    },
  });
  if (asked.size !== entries.length) throw new Error("the glue offers functions that WebAssembly does not import");
  const table = entries.map((entry) => entry.slice(entry.indexOf(":") + 1));
  const text = glue
    .replace(TABLE, () => `[\n${table.join("")}]`)
    .replace(MODULE, "0")
    .replaceAll(/\bwasm\.(\w+)/g, (_, name) => {
      if (!letters.has(name)) throw new Error(`the glue calls ${name}, which WebAssembly does not export`);
      return `wasm.${letters.get(name)}`;
    });
  return { wasm: rewritten, glue: text };
}

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** `a` to `z`, then `a1` and so on. */
const letter = (index) => String.fromCharCode(97 + (index % 26)) + (Math.floor(index / 26) || "");

/** The file with the names of each import and export replaced. */
function rewrite(wasm, { imported, exported }) {
  const reader = new Reader(wasm);
  const parts = [reader.take(8)]; // magic and version
  while (!reader.done) {
    const begin = reader.at;
    const section = reader.byte();
    const body = new Reader(reader.take(reader.number()));
    const item = {
      [IMPORTS]: () => [...imported(body.text(), body.text()).map(text), body.since(() => body.description())],
      [EXPORTS]: () => [text(exported(body.text())), body.since(() => (body.byte(), body.number()))],
    }[section];
    parts.push(item ? sized(section, list(body, item)) : wasm.subarray(begin, reader.at));
  }
  return Buffer.concat(parts);
}

/** A counted list, each item written anew. */
function list(reader, item) {
  const count = reader.number();
  return Buffer.concat([number(count), ...Array.from({ length: count }, item).flat()]);
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

const number = (value) => {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return Buffer.from([...bytes, value]);
};
const text = (value) => Buffer.concat([number(Buffer.byteLength(value)), Buffer.from(value)]);
const sized = (section, body) => Buffer.concat([Buffer.from([section]), number(body.length), body]);
