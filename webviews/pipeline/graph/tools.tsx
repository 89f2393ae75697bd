import type { VNode } from 'preact';
import { formatPercent } from '../../shared/format.ts';
import { Button } from '../../shared/toolkit.ts';
import type { View } from './use-view.ts';

export function Tools({ view }: { view: View }): VNode {
  return (
    <section class="graph-tools" aria-label="Size of the graph">
      <Button look="icon" label="Smaller" title="Smaller (-)" onPress={view.zoomOut}>
        −
      </Button>
      <span class="graph-scale">{formatPercent(view.scale)}</span>
      <Button look="icon" label="Larger" title="Larger (+)" onPress={view.zoomIn}>
        +
      </Button>
      <Button look="icon" label="Show all" title="Show all (0)" onPress={view.fit}>
        Fit
      </Button>
      <Button look="icon" label="Size as at first" title="Size as at first" onPress={view.reset}>
        Reset
      </Button>
    </section>
  );
}
