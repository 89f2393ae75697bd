import { createHmac, timingSafeEqual } from 'node:crypto';
import type { StepExit, StepUsage } from '../port.ts';

/**
 * What daemon and supervisor say to each other: JSON, one message a line. Both prove first that they know the secret which the
 * daemon gave the supervisor at its start; only then is anything believed, or started.
 */
export const PROTOCOL = 1;

export interface Hello {
  nonce: string;
}

/** The supervisor proves itself first, so that nobody collects proofs of ours. */
export interface Welcome {
  nonce: string;
  proof: string;
  protocol: number;
  version: string;
}

export interface Proof {
  proof: string;
}

/** A step as this machine starts it. Each supervisor of this protocol reads it, also one of an older program. */
export interface StepProcess {
  /** that of its task */
  id: string;
  cwd: string;
  umask: number;
  /** a script for the shell, or a program with its arguments */
  command: { script: string } | { program: string; args: string[] };
  /** all of its environment */
  env: NodeJS.ProcessEnv;
  timeoutMs: number | null;
  graceMs: number;
}

export type ToSupervisor =
  | { type: 'start'; task: StepProcess }
  | { type: 'cancel'; id: string }
  /** answered by what is known: it runs, or nothing */
  | { type: 'follow'; id: string }
  /** the daemon leaves by its own will, or has nothing to do for a while */
  | { type: 'bye' };

export type ToDaemon =
  | { type: 'started'; id: string }
  | { type: 'usage'; id: string; usage: StepUsage }
  | { type: 'exit'; id: string; exit: StepExit }
  | { type: 'unknown'; id: string };

/** What a supervisor is started with, in its environment: other users can read arguments, but no environment. */
export interface SupervisorSettings {
  instance: string;
  version: string;
  secret: string;
  address: string;
  /** where the files of steps lie */
  steps: string;
}

export const SETTINGS_VARIABLE = 'CRISOL_SUPERVISOR';

export function proofOf(secret: string, who: 'supervisor' | 'daemon', hello: Hello, { nonce }: Hello): string {
  return createHmac('sha256', secret)
    .update(JSON.stringify([who, hello.nonce, nonce]))
    .digest('base64url');
}

export function isProof(given: unknown, expected: string): boolean {
  const [a, b] = [Buffer.from(String(given)), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
