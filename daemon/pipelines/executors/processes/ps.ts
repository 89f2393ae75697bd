import { execFileSync } from 'node:child_process';
import type { Processes, ProcessUsage } from './port.ts';

interface Row {
  pid: number;
  group: number;
  cpuSeconds: number;
  memoryBytes: number;
  /** its command, and its environment where the system shows that */
  words: string;
}

/** macOS and others: what `ps` lists. Environments of the system's own programs are hidden there, groups are not. */
export const ps: Processes = {
  born: (pid) => list(['-o', 'stat=,lstart=', '-p', String(pid)]).map(bornOf)[0],

  find: ({ leaders, mark }) =>
    everybody()
      .filter(({ pid, group, words }) => pid !== process.pid && (leaders.includes(group) || words.includes(` ${mark}`)))
      .map(({ pid }) => pid),

  usage: (leaders) => {
    const used = new Map<number, ProcessUsage>();
    for (const { group, cpuSeconds, memoryBytes } of everybody()) {
      if (!leaders.includes(group)) continue;
      const before = used.get(group) ?? { cpuSeconds: 0, memoryBytes: 0 };
      used.set(group, {
        cpuSeconds: before.cpuSeconds + cpuSeconds,
        memoryBytes: before.memoryBytes + memoryBytes,
      });
    }
    return used;
  },
};

function everybody(): Row[] {
  const environment = process.platform === 'darwin' ? ['-E'] : [];
  const lines = list(['-A', ...environment, '-o', 'pid=,pgid=,stat=,time=,rss=,command=']);
  return lines.map(rowOf).filter((row) => row !== undefined);
}

/** `  123   123 Ss   1:02.50  1234 sh -c …` */
function rowOf(line: string): Row | undefined {
  const [, pid, group, stat = '', time = '', kilobytes, words = ''] =
    /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\S+)\s+(\d+)\s*(.*)$/.exec(line) ?? [];
  if (pid === undefined || stat.startsWith('Z')) return undefined;
  return {
    pid: Number(pid),
    group: Number(group),
    cpuSeconds: secondsOf(time),
    memoryBytes: Number(kilobytes) * 1024,
    words,
  };
}

/** `1-02:03:04`, `2:03.04` */
function secondsOf(time: string): number {
  const [clock = '', days = '0'] = time.split('-').reverse();
  return clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) + Number(days) * 86_400;
}

function bornOf(line: string): string | undefined {
  const [stat = '', ...words] = line.trim().split(/\s+/);
  return stat === '' || stat.startsWith('Z') ? undefined : words.join(' ');
}

function list(args: string[]): string[] {
  try {
    const text = execFileSync('ps', ['-ww', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return text.split('\n').filter((line) => line.trim() !== '');
  } catch {
    // it says so when there is no such process; and there are systems without it
    return [];
  }
}
