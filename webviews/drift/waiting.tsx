import type { VNode } from 'preact';
import type { MonitorSummary } from '../../schemas/wire/monitoring.ts';
import { formatCount } from '../shared/format.ts';
import { Button } from '../shared/toolkit.ts';
import type { HeaderProps } from './header.tsx';

const TRAFFIC = 'crisol demo traffic';

/** Too few requests yet: how many came, and where more could come from. */
export function Waiting({ monitor, host }: { monitor: MonitorSummary; host: HeaderProps['host'] }): VNode {
  return (
    <section class="waiting">
      <p>
        {formatCount(monitor.rows, 'request')} so far. The report appears here by itself as soon as there are enough to
        compare with the data of training.
      </p>
      <ul>
        <li>
          Send sample traffic from a terminal: <code>{TRAFFIC}</code>{' '}
          <Button
            label={`Copy ${TRAFFIC}`}
            onPress={() => host.post({ type: 'copy', text: TRAFFIC, what: 'the command' })}
          >
            Copy
          </Button>
        </li>
        <li>
          Or try a single request:{' '}
          <Button onPress={() => host.post({ type: 'drift/open-endpoint', name: monitor.endpoint })}>
            Open endpoint {monitor.endpoint}
          </Button>
        </li>
      </ul>
    </section>
  );
}
