import type { DriftReport } from '../../../schemas/wire/monitoring.ts';
import type { Disposable } from '../../base/disposables.ts';
import { CrisolError } from '../../base/errors.ts';
import type { Monitoring, MonitoringEvent } from '../../monitoring/index.ts';
import type { Hub } from '../hub.ts';

export function monitoringTopics({ hub, monitoring }: { hub: Hub; monitoring: Monitoring }): Disposable {
  hub.provide('monitoring', () => ({
    type: 'monitoring/snapshot',
    topic: 'monitoring',
    monitors: monitoring.summaries(),
  }));
  hub.provide('monitor', (topic) => {
    const name = topic.slice('monitor:'.length);
    return { type: 'monitor/snapshot', topic: `monitor:${name}`, report: reportOf(monitoring, name) };
  });
  return monitoring.events.on((event) => hub.publish(topicOf(event), event));
}

function topicOf(event: MonitoringEvent): 'monitoring' | `monitor:${string}` {
  return event.type === 'monitor/report' ? `monitor:${event.report.name}` : 'monitoring';
}

/** A monitor that crisol.yaml no longer names is no error for a panel that still shows it. */
function reportOf(monitoring: Monitoring, name: string): DriftReport | null {
  try {
    return monitoring.report(name);
  } catch (thrown) {
    if (thrown instanceof CrisolError && thrown.code === 'MONITOR_UNKNOWN') return null;
    throw thrown;
  }
}
