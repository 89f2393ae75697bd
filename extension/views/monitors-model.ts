import type { MonitorSummary } from '../../schemas/wire/monitoring.ts';
import type { RoomMessage } from '../daemon/link.ts';

export class MonitorsModel {
  private readonly byName = new Map<string, MonitorSummary>();

  apply(message: RoomMessage): void {
    if (message.type === 'monitoring/snapshot') {
      this.byName.clear();
      for (const monitor of message.monitors) this.byName.set(monitor.name, monitor);
    } else if (message.type === 'monitoring/monitor') this.byName.set(message.monitor.name, message.monitor);
  }

  monitors(): MonitorSummary[] {
    return [...this.byName.values()].sort((one, other) => one.name.localeCompare(other.name));
  }

  /** Columns that drifted, over all monitors: the number on the badge. */
  driftedColumns(): number {
    return this.drifted().reduce((sum, monitor) => sum + monitor.drifted.length, 0);
  }

  drifted(): MonitorSummary[] {
    return this.monitors().filter((monitor) => monitor.state === 'drift');
  }
}
