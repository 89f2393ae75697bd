import type { ModelLocation } from './protocol.ts';

/** What the room needs from others; `main.ts` hands it in. */

/** Which version a reference means now: `name@stage`, `name/version` or `name`; null when there is none. */
export type ResolveModel = (ref: string) => ModelLocation | null | Promise<ModelLocation | null>;

/** Throws when its files are not those that were registered: what is served is what was evaluated. */
export type VerifyModel = (location: ModelLocation) => Promise<void>;

/** An endpoint that crisol.yaml names. */
export interface ConfiguredEndpoint {
  name: string;
  model_ref: string;
}

/** What outlives the daemon: so that after it an endpoint has the same address and token, and runs if it ran. */
export interface RememberedEndpoint {
  name: string;
  model_ref: string;
  port: number;
  token: string;
  running: boolean;
}

export interface EndpointMemory {
  all(): RememberedEndpoint[];
  save(endpoint: RememberedEndpoint): Promise<void>;
}
