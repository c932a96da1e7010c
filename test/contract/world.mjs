// A temporary folder, the programs that run in it, and pictures.
import { spawn } from 'node:child_process';
import {
  existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export class World {
  folder = mkdtempSync(join(tmpdir(), 'retraind-contract-'));
  children = [];

  path(...names) {
    return join(this.folder, ...names);
  }

  write(name, content) {
    const path = this.path(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  /** Its output is in NAME.out and NAME.log. */
  start(name, program, args) {
    const child = spawn(program, args, {
      stdio: ['ignore', ...['out', 'log'].map((end) => openSync(this.path(`${name}.${end}`), 'w'))],
    });
    child.ended = new Promise((done) => {
      child.once('error', (failed) => done(failed.message));
      child.once('exit', (code, signal) => done(signal ?? code));
    });
    this.children.push(child);
    return child;
  }

  /** Nothing where there is no such file yet. */
  read(name) {
    return existsSync(this.path(name)) ? readFileSync(this.path(name), 'utf8') : '';
  }

  /** The first whole line that a program printed; throws when it ends before. */
  async firstLine(name, child) {
    let ended;
    child.ended.then((how) => (ended = how));
    for (;;) {
      const [line, ...more] = this.read(`${name}.out`).split('\n');
      if (more.length > 0) return line;
      if (ended !== undefined) {
        throw new Error(`${name} ended (${ended}):\n${this.read(`${name}.log`)}`);
      }
      await pause(50);
    }
  }

  remove() {
    this.children.forEach((child) => child.kill('SIGKILL'));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** An uncompressed 24-bit BMP of stripes; every `seed` gives another one. */
export function stripes(upright, seed) {
  const side = 32;
  const bytes = Buffer.alloc(54 + side * side * 3);
  bytes.write('BM');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeUInt32LE(side, 18);
  bytes.writeUInt32LE(side, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  for (let at = 0; at < side * side; ++at) {
    const across = (upright ? at % side : Math.floor(at / side)) + seed;
    const shade = (Math.floor(across / 4) % 2 ? 190 : 40) + ((at * (seed + 3)) % 24);
    bytes.fill(shade, 54 + at * 3, 57 + at * 3);
  }
  return bytes;
}
