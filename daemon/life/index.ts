export { AddressBook } from './address.ts';
export { type FoundDaemon, findDaemon } from './find.ts';
export { IdleExit } from './idle.ts';
export { lockWorkspace } from './lock.ts';
export { LogFile } from './log-file.ts';
export { writePrivate } from './private-file.ts';
export { type DaemonReport, startDaemon } from './start.ts';
