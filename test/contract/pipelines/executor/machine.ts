/** The machine on which steps run, as far as tests must reach it: where it is another one, they share no disk with its steps. */
export interface StepMachine {
  gate(name: string): Gate;
  /** a process that a step told of */
  lives(pid: number): boolean;
}

/** What a step waits at until the test lets it go on. */
export interface Gate {
  /** a condition of the shell, true until it is opened */
  shut: string;
  open(): void;
}
