import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs';
import type { Hunt, Processes, ProcessUsage } from './port.ts';

/** As many are asked for one by one sooner than all are listed. */
const FEW = 32;

/** Linux shows times in hundredths of a second, whatever it counts in. */
const TICKS = 100;

/** Of `/proc/PID/stat`, counted from the field after the name in parentheses, which may hold anything. */
const STAT = { state: 0, group: 2, session: 3, flags: 6, cpu: [11, 12, 13, 14], born: 19 } as const;

/** One that the system runs for itself (PF_KTHREAD). */
const KERNEL_THREAD = 0x200000;

/** A process becomes another program within microseconds, unless others have the processors meanwhile. */
const BECOMES_WITHIN_MS = 50;

export const linux: Processes = {
  born: (pid) => {
    const stat = statOf(pid);
    return stat && isAlive(stat) ? `${BOOT}:${stat[STAT.born]}` : undefined;
  },

  find: ({ leaders, mark, after }) => {
    const wanted = new Set(leaders.map(String));
    return candidates(after).filter((pid) => {
      const stat = statOf(pid);
      if (!stat || !isAlive(stat) || pid === process.pid) return false;
      const isMember = wanted.has(stat[STAT.session] ?? '') || wanted.has(stat[STAT.group] ?? '');
      return isMember || isMarked(pid, stat, mark);
    });
  },

  usage: (leaders) => {
    const used = new Map<number, ProcessUsage>();
    const wanted = new Set(leaders);
    for (const pid of everybody()) {
      const stat = statOf(pid);
      const leader = Number(stat?.[STAT.session]);
      if (!stat || !wanted.has(leader)) continue;
      const { cpuSeconds, memoryBytes } = used.get(leader) ?? { cpuSeconds: 0, memoryBytes: 0 };
      used.set(leader, { cpuSeconds: cpuSeconds + cpuOf(stat), memoryBytes: memoryBytes + residentOf(pid) });
    }
    return used;
  },
};

/** Of all children of this process that have ended, and of those that these waited for. */
export function endedChildrenSeconds(): number {
  const stat = statOf(process.pid);
  return (Number(stat?.[STAT.cpu[2]] ?? 0) + Number(stat?.[STAT.cpu[3]] ?? 0)) / TICKS;
}

/** An environment has two megabytes at most, nearly always much less. */
let page = Buffer.alloc(16_384);

/** Times of birth are counted from the start of the machine. */
const BOOT = read('/proc/sys/kernel/random/boot_id').trim();

/** What the system writes there, in one piece. It looks small, and is read hundreds of times: no library's way is short enough. */
function read(file: string): string {
  let handle: number | undefined;
  try {
    handle = openSync(file, 'r');
    let length = 0;
    for (;;) {
      const more = readSync(handle, page, length, page.length - length, null);
      length += more;
      if (more === 0) return page.toString('latin1', 0, length);
      if (length === page.length) page = Buffer.concat([page], page.length * 2);
    }
  } catch {
    // it is gone, or another user's
    return '';
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

function statOf(pid: number): string[] | undefined {
  const text = read(`/proc/${pid}/stat`);
  return text === '' ? undefined : text.slice(text.lastIndexOf(') ') + 2).split(' ');
}

function isAlive(stat: string[]): boolean {
  return !'ZXx'.includes(stat[STAT.state] ?? '');
}

function isMarked(pid: number, stat: string[], mark: string): boolean {
  let environment = environmentOf(pid);
  for (let waited = 0; environment === '' && isBecomingAnother(pid, stat); waited++) {
    if (waited === BECOMES_WITHIN_MS) return false;
    Atomics.wait(MOMENT, 0, 0, 1);
    environment = environmentOf(pid);
  }
  // it may have become the other one between the two looks
  return `\0${environment || environmentOf(pid)}`.includes(`\0${mark}`);
}

const environmentOf = (pid: number): string => read(`/proc/${pid}/environ`);

const MOMENT = new Int32Array(new SharedArrayBuffer(4));

/** While it does, it has neither an environment nor arguments: nobody can say whose it is. */
function isBecomingAnother(pid: number, stat: string[]): boolean {
  const isSystems = (Number(stat[STAT.flags]) & KERNEL_THREAD) !== 0;
  return !isSystems && existsSync(`/proc/${pid}`) && read(`/proc/${pid}/cmdline`) === '';
}

function everybody(): number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
}

/** Numbers are given in a circle: those between that process and the newest one are younger. */
function candidates(after: Hunt['after']): number[] {
  if (after === undefined) return everybody();
  const newest = Number(read('/proc/loadavg').trim().split(' ').at(-1));
  if (!(newest > 0)) return everybody();
  if (newest < after) return everybody().filter((pid) => pid >= after || pid <= newest);
  if (newest - after > FEW) return everybody().filter((pid) => pid >= after && pid <= newest);
  return Array.from({ length: newest - after + 1 }, (_, at) => after + at).filter((pid) => existsSync(`/proc/${pid}`));
}

function cpuOf(stat: string[]): number {
  return STAT.cpu.reduce((ticks, field) => ticks + Number(stat[field]), 0) / TICKS;
}

function residentOf(pid: number): number {
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`)) ?? [];
  return Number(kilobytes) * 1024;
}
