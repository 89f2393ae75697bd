import { CrisolError } from '../../../base/errors.ts';
import type { Seal } from '../../../store/index.ts';
import type { Instance } from './instances.ts';
import { Instances } from './instances.ts';
import type { Journal } from './journal.ts';
import { Link } from './link.ts';
import { PROTOCOL } from './protocol.ts';
import { endRemains, isDeadSoon, lives } from './remains.ts';
import type { Birthplace } from './spawn.ts';
import { spawnSupervisor } from './spawn.ts';

const MOST_TRIES = 3;

export interface SupervisorsParts extends Birthplace {
  seal: Seal;
  connected(link: Link): void;
}

/** The supervisors of this workspace: the one that starts steps, and those of before whose steps still run. */
export class Supervisors {
  private readonly parts: SupervisorsParts;
  private readonly instances: Instances;
  private readonly links = new Map<string, Link>();
  private found: Promise<void> | undefined;
  private starting: Promise<Link> | undefined;

  constructor(parts: SupervisorsParts) {
    this.parts = parts;
    this.instances = new Instances(parts.folder, parts.seal);
  }

  /**
   * Connects to all that live, once. From then on nothing is begun that a daemon before us asked for: what it said and
   * nobody read is not heard any more.
   */
  takeOver(): Promise<void> {
    // one that cannot be cleared away keeps no step from running
    const meet = (instance: Instance) => this.meet(instance).catch(() => {});
    this.found ??= Promise.all(this.instances.all().map(meet)).then(() => {});
    return this.found;
  }

  /** One that is told to start steps: of our version, else a new one. */
  async current(): Promise<Link> {
    const usable = this.usable();
    if (usable) return usable;
    this.starting ??= this.find().finally(() => {
      this.starting = undefined;
    });
    return this.starting;
  }

  /** Undefined: no way leads to it. */
  linkTo(instance: string): Link | undefined {
    const link = this.links.get(instance);
    return link?.isOpen ? link : undefined;
  }

  lives(id: string): boolean {
    const instance = this.instances.all().find((one) => one.id === id);
    return instance !== undefined && lives(instance);
  }

  /** After a connection is lost, or when there is none: false when it is dead and nothing of it is left. */
  async livesOn(id: string, journals: readonly Journal[]): Promise<boolean> {
    const instance = this.instances.all().find((one) => one.id === id);
    if (instance && !(await isDeadSoon(instance))) return true;
    await endRemains(id, journals);
    if (instance) this.instances.forget(instance);
    return false;
  }

  /** Those without steps leave. */
  async leave(): Promise<void> {
    await this.starting?.catch(() => {});
    await Promise.all([...this.links.values()].filter(({ isOpen }) => isOpen).map((link) => link.leave()));
  }

  private usable(): Link | undefined {
    return [...this.links.values()].find(({ isOpen, instance }) => isOpen && instance.version === this.parts.version);
  }

  private async find(): Promise<Link> {
    await this.takeOver();
    return this.usable() ?? this.startOne();
  }

  private async startOne(): Promise<Link> {
    for (let tries = 1; ; tries++) {
      const instance = await spawnSupervisor(this.parts);
      // before it gets a step: whoever comes after our death finds it
      this.instances.keep(instance);
      const link = await this.meet(instance);
      if (link) return link;
      // somebody may have ended it in that very moment
      if (lives(instance) || tries === MOST_TRIES) {
        throw new CrisolError('INTERNAL_ERROR', 'the supervisor of steps does not answer');
      }
    }
  }

  private async meet(instance: Instance): Promise<Link | undefined> {
    const link = await Link.open(instance);
    if (link?.protocol === PROTOCOL) {
      this.links.set(instance.id, link);
      this.parts.connected(link);
      void link.closed.then(() => this.links.delete(instance.id));
      return link;
    }
    await link?.leave();
    if (!lives(instance)) await this.livesOn(instance.id, []);
    return undefined;
  }
}
