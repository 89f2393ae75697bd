/** What a system tells of processes, to find those of a step again. */
export interface Processes {
  /** Tells a living process from one that gets its number later; undefined: it is gone, or the system does not tell. */
  born(pid: number): string | undefined;
  /** All that live and are of these steps. */
  find(hunt: Hunt): number[];
  /** What each of these steps uses at this moment, by its first process. */
  usage(leaders: readonly number[]): Map<number, ProcessUsage>;
}

export interface Hunt {
  /** first processes of sessions, which are known not to be others that got their numbers */
  leaders: readonly number[];
  /** what stands in the environment of all that these steps started, wherever it went */
  mark: string;
  /** a process that is as old as those looked for or older: they were started after it, less than two seconds ago */
  after?: number;
}

export interface ProcessUsage {
  cpuSeconds: number;
  memoryBytes: number;
}
