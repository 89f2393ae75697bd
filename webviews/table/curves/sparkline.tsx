import type { VNode } from 'preact';
import { SPARK_HEIGHT, SPARK_WIDTH } from './outline.ts';

/** The shape of a curve beside its last value, which says the same in a number. */
export function Sparkline({ outline }: { outline: string | undefined }): VNode {
  return (
    <svg class="spark" width={SPARK_WIDTH} height={SPARK_HEIGHT} aria-hidden="true">
      <path d={outline ?? ''} />
    </svg>
  );
}
