export { AddressBook } from './address.ts';
export { Eviction } from './eviction.ts';
export { type FoundDaemon, findDaemon } from './find.ts';
export { IdleExit } from './idle.ts';
export { InfoFile } from './info-file.ts';
export { lockWorkspace } from './lock.ts';
export { LogFile } from './log-file.ts';
export { readPrivate, writePrivate } from './private-file.ts';
export { type DaemonReport, NODE_OPTIONS_OF_DAEMON, type StartedDaemon, startDaemon } from './start.ts';
