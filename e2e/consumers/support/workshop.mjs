/**
 * A consumer at work: a copy of its folder, outside of this project so that nothing here can help it, with the package
 * installed from its tarball.
 */
import { execFile, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { dist, root } from "../../support/paths.mjs";

/**
 * How npm and pnpm begin a line with the code for a registry, or one package of it, that cannot be had; any other is a failure. pnpm
 * sets codes between thin spaces.
 */
const UNREACHABLE =
  /^(?:npm error code |\u2009)(EAI_AGAIN|ENOTFOUND|ENETUNREACH|EHOSTUNREACH|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ETARGET|E40[34]|E5\d\d|ERR_PNPM_(META_FETCH_FAIL|NO_MATCHING_VERSION|FETCH_(40[34]|5\d\d)))\b/m;

/** Fast to say that there is no line; what was fetched before is not asked for again. */
const FETCH = ["--prefer-offline", "--fetch-retries=1", "--fetch-retry-mintimeout=1000"];

/** pnpm takes half of npm's processor time, and a tenth where it has fetched the packages before. Hoisted, a folder is laid out as npm does it. */
const PNPM = [join(root, "e2e/node_modules/pnpm/bin/pnpm.cjs"), "install", "--frozen-lockfile", "--config.node-linker=hoisted", ...FETCH];

export class Workshop {
  #home = mkdtempSync(join(tmpdir(), "barge-in-consumers-"));
  #tarball;

  /** The package's tarball, packed once from the folder under test. */
  tarball() {
    return (this.#tarball ??= this.#pack());
  }

  async #pack() {
    const folder = join(this.#home, "tarball");
    mkdirSync(folder);
    const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", folder], dist);
    return join(folder, JSON.parse(stdout)[0].filename);
  }

  /** A new, empty folder. */
  folder(name) {
    const folder = join(this.#home, name);
    mkdirSync(folder);
    return folder;
  }

  /** Copies a consumer of this folder. */
  copy(name) {
    const folder = this.folder(name);
    const left = new Set(["node_modules", "dist"].map((part) => join(root, "e2e/consumers", name, part)));
    cpSync(join(root, "e2e/consumers", name), folder, { recursive: true, filter: (path) => !left.has(path) });
    return folder;
  }

  /**
   * Installs what the folder's lock file names, and the package; by npm where there is no lock file. Gives the reason where
   * something cannot be had.
   */
  async install(folder) {
    const tarball = await this.tarball();
    const isLocked = existsSync(join(folder, "pnpm-lock.yaml"));
    try {
      if (isLocked) await run(process.execPath, PNPM, folder);
      else await run("npm", ["install", "--no-audit", "--no-fund", ...FETCH, tarball], folder);
    } catch (error) {
      const code = UNREACHABLE.exec(error.message)?.[1];
      if (!code) throw error;
      return `npm's registry does not give what it needs: ${code}`;
    }
    if (isLocked) await this.#unpack(tarball, folder);
  }

  /** Adds the package to an installed folder. It has no dependencies. */
  async #unpack(tarball, folder) {
    const place = join(folder, "node_modules/barge-in");
    mkdirSync(place);
    await run("tar", ["-xzf", tarball, "-C", place, "--strip-components=1"], folder);
    const manifest = join(folder, "package.json");
    const read = JSON.parse(readFileSync(manifest, "utf8"));
    read.dependencies = { ...read.dependencies, "barge-in": `file:${tarball}` };
    writeFileSync(manifest, JSON.stringify(read, null, 2));
  }

  /** Removes everything; many files at a time, as there are very many. */
  close() {
    return rm(this.#home, { recursive: true, force: true });
  }
}

/** Runs a program to its end; gives what it printed, `{ stdout, stderr }`, or fails with that. */
export function run(program, args, cwd, env) {
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd, env: { ...process.env, ...env }, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`\`${program} ${args.join(" ")}\` in ${cwd}: ${error.code}\n${stdout}${stderr}`));
      else resolve({ stdout, stderr });
    });
  });
}

/** Starts a server, a script of the folder, and gives its `url` once it has printed that, and `close()`. */
export async function serve(folder, [program, ...args], env) {
  if (!existsSync(join(folder, program))) throw new Error(`${program} is missing in ${folder}`);
  const child = spawn(process.execPath, [program, ...args], { cwd: folder, env: { ...process.env, NO_COLOR: "1", ...env } });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const end = () => child.kill();
  process.once("exit", end);
  let said = "";
  const url = await new Promise((resolve, reject) => {
    child.stderr.on("data", (text) => (said += text));
    createInterface({ input: child.stdout }).on("line", (line) => {
      said += `${line}\n`;
      const found = /http:\/\/(?:127\.0\.0\.1|localhost):\d+/.exec(line);
      if (found) resolve(found[0]);
    });
    ended.then(() => reject(new Error(`${program} ended before it listened:\n${said}`)));
  });
  const close = async () => {
    process.off("exit", end);
    child.kill();
    await ended;
  };
  return { url, close };
}
