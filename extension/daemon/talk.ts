/** What is loaded once there is a daemon to talk to: a bundle of its own, so that activation need not read it. */
export { Connection } from './connection.ts';
export { fetchFrom, request } from './http.ts';
export { LogFollower } from './log-follower.ts';
