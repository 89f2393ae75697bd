import { createHash, hash, randomUUID } from 'node:crypto';
import { chmodSync, closeSync, lstatSync, mkdirSync, openSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { KEPT_JUST_NOW_MS, objectFolder, objectPath, STAGING } from '../objects/paths.ts';
import type { Raw } from '../raw.ts';
import { systemPath } from '../raw.ts';
import type { Looked } from './reading.ts';
import { Changed, lookAt, PIECE, readLinkText, readPieces, readSmall, shaOfFile } from './reading.ts';
import { isSameStat, sizeAt, typeAt } from './stat.ts';
import { clone, replace, writeAll } from './writing.ts';

/** Nobody writes to what is kept; the name of a content has its sha256. */
const PROTECTED = 0o444;

/** Writing to the store, not reading the file, went wrong. */
export class StoreFailure extends Error {}

/** Puts a file, or the text of a link, into the store: whole and under its sha256, or not at all. */
export async function keepFile(
  store: Raw,
  path: Raw,
  looked: Looked,
  known: Uint8Array | undefined,
): Promise<Uint8Array> {
  const size = sizeAt(looked.stats, looked.place);
  if (known && has(store, known, size)) return known;
  if (typeAt(looked.stats, looked.place) === 'link') return keepContent(store, readLinkText(path, looked));
  return size <= PIECE ? keepContent(store, readSmall(path, looked)) : keepLarge(store, path, looked);
}

function keepContent(store: Raw, content: Buffer): Uint8Array {
  const sha = hash('sha256', content, 'buffer');
  if (has(store, sha, content.length)) return sha;
  return inStaging(store, (draft) => {
    writeFileSync(systemPath(draft), content, { flag: 'wx', mode: PROTECTED });
    return sha;
  });
}

async function keepLarge(store: Raw, path: Raw, looked: Looked): Promise<Uint8Array> {
  const draft = draftIn(store);
  try {
    const sha = (await cloned(path, draft, looked)) ?? (await copied(path, draft, looked));
    moveIn(store, draft, sha);
    return sha;
  } finally {
    rmSync(systemPath(draft), { force: true });
  }
}

/** On disks that can do so the content is shared until one of both is written to. Undefined where they cannot. */
async function cloned(path: Raw, draft: Raw, looked: Looked): Promise<Uint8Array | undefined> {
  if (!clone(path, draft)) return undefined;
  chmodSync(systemPath(draft), PROTECTED);
  const sha = await shaOfFile(draft, lookAt(draft, looked.watch));
  const { stats } = lookAt(path, looked.watch);
  if (!isSameStat(stats, 0, looked.stats, looked.place)) throw new Changed();
  return sha;
}

async function copied(path: Raw, draft: Raw, looked: Looked): Promise<Uint8Array> {
  const file = written(() => openSync(systemPath(draft), 'wx', PROTECTED));
  try {
    const sum = createHash('sha256');
    await readPieces(path, looked, (piece) => {
      sum.update(piece);
      written(() => writeAll(file, piece));
    });
    return sum.digest();
  } finally {
    closeSync(file);
  }
}

function inStaging(store: Raw, write: (draft: Raw) => Uint8Array): Uint8Array {
  const draft = draftIn(store);
  try {
    const sha = written(() => write(draft));
    moveIn(store, draft, sha);
    return sha;
  } catch (failure) {
    rmSync(systemPath(draft), { force: true });
    throw failure;
  }
}

function moveIn(store: Raw, draft: Raw, sha: Uint8Array): void {
  const sha256 = Buffer.from(sha).toString('hex');
  written(() => {
    mkdirSync(systemPath(objectFolder(store, sha256)), { recursive: true });
    replace(draft, objectPath(store, sha256));
  });
}

/** Whether the store has it already, and at least as long; it counts as kept just now. */
function has(store: Raw, sha: Uint8Array, size: number): boolean {
  const object = systemPath(objectPath(store, Buffer.from(sha).toString('hex')));
  const found = lstatSync(object, { throwIfNoEntry: false });
  if (!found?.isFile() || found.size !== size) return false;
  const now = Date.now();
  if (Math.abs(now - found.mtimeMs) > KEPT_JUST_NOW_MS / 2) utimesSync(object, now / 1000, now / 1000);
  return true;
}

function draftIn(store: Raw): Raw {
  return `${store}/${STAGING}/${randomUUID()}`;
}

function written<T>(action: () => T): T {
  try {
    return action();
  } catch (cause) {
    throw new StoreFailure(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
