/**
 * A consumer at work: a copy of its folder, outside of this project so that nothing here can help it, with the package
 * installed from its tarball as npm would fetch it.
 */
import { execFile, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { dist, root } from "../../support/paths.mjs";

/** Codes of npm where the registry, or one package of it, cannot be had; any other is a failure. */
const UNREACHABLE =
  /npm error code (EAI_AGAIN|ENOTFOUND|ENETUNREACH|EHOSTUNREACH|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ETARGET|E40[34]|E5\d\d)\b/;

/** Fast to say that there is no line; what was fetched before is not asked for again. */
const INSTALL = ["install", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1", "--fetch-retry-mintimeout=1000"];

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

  /** Installs the tarball and what the folder's lock file names. Gives the reason where something cannot be had. */
  async install(folder) {
    try {
      await run("npm", [...INSTALL, await this.tarball()], folder);
    } catch (error) {
      if (!UNREACHABLE.test(error.message)) throw error;
      const said = error.message.match(/^npm error (?!code|A complete log).*(request to|No matching|Not Found).*$/m)?.[0];
      return `npm's registry does not give what it needs: ${said ?? UNREACHABLE.exec(error.message)[0]}`;
    }
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
