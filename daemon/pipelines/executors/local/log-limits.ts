import { open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogLimits, LogUsage } from '../port.ts';
import { note, readJournal } from './journal.ts';

const LOG = '.log';
const JOURNAL = '.jsonl';
/** Until its place is taken; what a death left of it is written anew. */
const REST = '.rest';
const CHUNK_BYTES = 4 * 1024 * 1024;

interface Kept {
  log: string;
  journal: string;
  bytes: number;
  writtenAt: number;
}

/** Of each step that has ended the end of its output is kept, and of all of them the newest. */
export async function limitLogs(root: string, { perStep, total, dryRun }: LogLimits): Promise<LogUsage> {
  const given = { files: 0, bytes: 0 };
  let room = total;
  for (const kept of await logsIn(root)) {
    const allowed = Math.min(kept.bytes, perStep, Math.max(0, room));
    room -= allowed;
    if (allowed === kept.bytes || readJournal(kept.journal)?.exit === undefined) continue;
    given.files++;
    given.bytes += kept.bytes - allowed;
    if (!dryRun) await shorten(kept, allowed);
  }
  return given;
}

/** The newest first. */
async function logsIn(root: string): Promise<Kept[]> {
  const names = await readdir(root).catch(() => []);
  const kept: Kept[] = [];
  for (const name of names) {
    if (!name.endsWith(LOG)) continue;
    const log = join(root, name);
    const found = await stat(log).catch(() => undefined);
    const journal = `${log.slice(0, -LOG.length)}${JOURNAL}`;
    if (found?.isFile()) kept.push({ log, journal, bytes: found.size, writtenAt: found.mtimeMs });
  }
  return kept.sort((one, other) => other.writtenAt - one.writtenAt);
}

/** Places in it stay what they are: the journal knows how much is missing before what is left. */
async function shorten({ log, journal, bytes, writtenAt }: Kept, left: number): Promise<void> {
  const before = readJournal(journal)?.logFrom ?? 0;
  if (left === 0) await rm(log, { force: true });
  else await keepEnd(log, bytes - left, new Date(writtenAt));
  note(journal, { logFrom: before + bytes - left });
}

/** It is as old as before. */
async function keepEnd(log: string, from: number, writtenAt: Date): Promise<void> {
  const rest = `${log}${REST}`;
  const [source, target] = [await open(log, 'r'), await open(rest, 'w', 0o600)];
  try {
    const buffer = Buffer.alloc(CHUNK_BYTES);
    for (let at = from; ; ) {
      const { bytesRead } = await source.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) break;
      await target.write(buffer, 0, bytesRead);
      at += bytesRead;
    }
  } finally {
    await source.close();
    await target.close();
  }
  await utimes(rest, writtenAt, writtenAt);
  await rename(rest, log);
}
