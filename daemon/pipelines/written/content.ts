/** One number of a file; `step` is where it stands in its series. */
export interface WrittenPoint {
  name: string;
  value: number;
  step: number;
}

/** What is wrong in a file, and where if that is known. */
export interface Wrong {
  line?: number;
  message: string;
}

/** What a file says. `other`: it is something to look at, such as a picture. */
export interface FileContent {
  kind: 'numbers' | 'series' | 'other';
  points: WrittenPoint[];
  wrong: Wrong[];
}

export const OTHER: FileContent = { kind: 'other', points: [], wrong: [] };
