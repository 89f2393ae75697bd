/**
 * Looks after the steps of one workspace and outlives the daemon: their output goes to files, and how they ended to their
 * journals, which the daemon reads now or after its restart. It leaves when nothing runs and nobody is connected. SIGTERM to
 * this process ends its steps with all that they started.
 */
import { rmSync } from 'node:fs';
import { parse } from 'node:path';
import { messageOf } from '../../../base/errors.ts';
import type { SupervisorSettings, ToSupervisor } from '../local/protocol.ts';
import { SETTINGS_VARIABLE } from '../local/protocol.ts';
import { Door } from './door.ts';
import { Steps } from './steps.ts';

/** A daemon that was killed mostly comes again soon. */
const LINGER_MS = 2_000;

const settings: SupervisorSettings = JSON.parse(process.env[SETTINGS_VARIABLE] ?? '');
delete process.env[SETTINGS_VARIABLE];
process.umask(0o077);
// the folder may be removed
process.chdir(parse(process.cwd()).root);
// the daemon's terminal is not ours
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});
process.on('SIGTERM', () => {
  isLeaving = true;
  steps.endAll();
  leaveIfIdle(0);
});

let isLeaving = false;
let timer: NodeJS.Timeout | undefined;
const steps = new Steps(
  settings,
  (message) => door.tell(message),
  () => leaveIfIdle(isLeaving ? 0 : LINGER_MS),
);
const door = new Door({ settings, heard, left: () => leaveIfIdle(LINGER_MS) });

function heard(message: ToSupervisor): void {
  // who starts one now will find that nobody began it
  if (message.type === 'start' && !isLeaving) steps.start(message.task);
  else if (message.type === 'cancel') steps.cancel(message.id);
  else if (message.type === 'follow') steps.follow(message.id);
  else if (message.type === 'bye' && steps.isIdle) leave();
}

function leaveIfIdle(afterMs: number): void {
  clearTimeout(timer);
  const isFree = () => steps.isIdle && (door.isEmpty || isLeaving);
  if (isFree()) timer = setTimeout(() => isFree() && leave(), afterMs);
}

function leave(): void {
  door.close();
  if (process.platform !== 'win32') rmSync(settings.address, { force: true });
  process.exit();
}

/** To whoever started us, which may have gone. */
function report(message: object): Promise<void> {
  return new Promise((resolve) => {
    if (process.send) process.send(message, () => resolve());
    else resolve();
  });
}

async function main(): Promise<void> {
  try {
    await door.open();
    await report({ type: 'ready' });
    if (process.connected) process.disconnect();
    leaveIfIdle(LINGER_MS);
  } catch (failure) {
    await report({ type: 'failed', reason: messageOf(failure) });
    process.exit(1);
  }
}

void main();
