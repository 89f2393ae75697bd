import type { Endpoint } from '../../schemas/wire/serving.ts';
import type { RoomMessage } from '../daemon/link.ts';

export class EndpointsModel {
  private readonly byName = new Map<string, Endpoint>();

  apply(message: RoomMessage): void {
    if (message.type === 'serving/snapshot') {
      this.byName.clear();
      for (const endpoint of message.endpoints) this.byName.set(endpoint.name, endpoint);
    } else if (message.type === 'serving/endpoint') this.byName.set(message.endpoint.name, message.endpoint);
  }

  endpoints(): Endpoint[] {
    return [...this.byName.values()].sort((one, other) => one.name.localeCompare(other.name));
  }

  ready(): Endpoint[] {
    return this.endpoints().filter((endpoint) => endpoint.state === 'ready');
  }
}
