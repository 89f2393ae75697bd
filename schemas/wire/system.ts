import type { Static } from 'typebox';
import { Type } from 'typebox';

/** `GET /api/crisol/v1/status` */
export const Status = Type.Object({
  version: Type.String(),
  epoch: Type.String({ description: 'names this instance of the daemon: it changes with each start' }),
  pid: Type.Integer(),
  url: Type.String(),
  workspace: Type.String(),
  started_at: Type.Integer(),
  /** what keeps the daemon alive: clients, running steps, endpoints */
  busy: Type.Array(Type.String()),
  /** what is still to come and keeps it here, too: runs that wait, schedules that are due within a day */
  ahead: Type.Optional(Type.Array(Type.String())),
  store: Type.Object({
    state: Type.Union([Type.Literal('ok'), Type.Literal('failing')]),
    message: Type.Optional(Type.String()),
  }),
});
export type Status = Static<typeof Status>;

/** `POST /api/crisol/v1/shutdown`. `idle`: as soon as no work runs, as a newer extension asks of an older daemon. */
export const ShutdownRequest = Type.Object({ when: Type.Union([Type.Literal('now'), Type.Literal('idle')]) });
export type ShutdownRequest = Static<typeof ShutdownRequest>;
