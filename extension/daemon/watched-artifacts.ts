import type { ArtifactNews } from '../../schemas/panels/artifact-news.ts';
import { touchesFile } from '../../schemas/panels/artifact-news.ts';
import type { DaemonLink, RoomMessage, Subscription } from './link.ts';

interface Watched {
  run_id: string;
  path: string;
}

/** Files of runs that somebody has open: whoever logs one again has it shown anew. */
export class WatchedArtifacts {
  private readonly link: Pick<DaemonLink, 'subscribe'>;
  private readonly changed: (file: Watched) => void;
  /** by run and path: how often it was heard that they changed. A file may be written twice within the second of its date. */
  private readonly times = new Map<string, number>();

  constructor(link: Pick<DaemonLink, 'subscribe'>, changed: (file: Watched) => void) {
    this.link = link;
    this.changed = changed;
  }

  watch(file: Watched): Subscription {
    return this.link.subscribe(`run:${file.run_id}`, (message) => this.hear(message, file));
  }

  /** Grows whenever it changes. */
  timesChanged(file: Watched): number {
    return this.times.get(keyOf(file)) ?? 0;
  }

  private hear(message: RoomMessage, file: Watched): void {
    // something may have been missed; whether the file is another one, its date says
    if (message.type === 'run/snapshot') this.changed(file);
    if (message.type === 'run/artifacts') this.hearNews(message, file);
  }

  private hearNews(news: ArtifactNews, file: Watched): void {
    if (!touchesFile(news, file.path)) return;
    this.times.set(keyOf(file), this.timesChanged(file) + 1);
    this.changed(file);
  }
}

function keyOf({ run_id, path }: Watched): string {
  return `${run_id}/${path}`;
}
