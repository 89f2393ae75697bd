import { readdir, readFile, readlink } from 'node:fs/promises';

/** A connection over loopback, by its two ports. The same object means the same connection. */
export interface Peer {
  /** the client's */
  port: number;
  /** the daemon's */
  ours: number;
}

/** A machine with very many files open is not searched to its end. */
const MOST_LINKS = 50_000;

/**
 * The process at the other end, on Linux: the kernel lists each connection's inode, and each process of this user its open
 * files. The newest processes are looked at first, since a script that begins a run has mostly just started.
 */
export async function processOf({ port, ours }: Peer): Promise<number | undefined> {
  if (process.platform !== 'linux') return undefined;
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
  );
  const inode = inodeOf(tables.join('\n'), port, ours);
  return inode === undefined ? undefined : holderOf(`socket:[${inode}]`);
}

/** 127.0.0.0/8, the same within IPv6, and ::1, as the tables have them: each four bytes the other way round. */
const LOOPBACK = /^(?:[0-9A-F]{6}7F|0{16}FFFF0000[0-9A-F]{6}7F|0{24}01000000):([0-9A-F]{4})$/;

/** In these tables addresses are hexadecimal: `0100007F:1F90`. Other machines' connections may have the same two ports. */
export function inodeOf(table: string, port: number, ours: number): string | undefined {
  const [client, daemon] = [port, ours].map((number) => number.toString(16).toUpperCase().padStart(4, '0'));
  for (const line of table.split('\n')) {
    const [, local = '', remote = '', , , , , , , inode] = line.trim().split(/\s+/);
    // 0: a connection that its process has closed already
    if (portOf(local) === client && portOf(remote) === daemon && inode !== '0') return inode;
  }
  return undefined;
}

function portOf(address: string): string {
  return LOOPBACK.exec(address)?.[1] ?? '';
}

async function holderOf(link: string): Promise<number | undefined> {
  const names = await readdir('/proc').catch(() => []);
  const pids = names.map(Number).filter((pid) => pid > 0 && pid !== process.pid);
  let links = 0;
  for (const pid of pids.sort((a, b) => b - a)) {
    // those of other users say nothing
    const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
    links += files.length;
    if (links > MOST_LINKS) return undefined;
    const targets = await Promise.all(files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => '')));
    if (targets.includes(link)) return pid;
  }
  return undefined;
}
