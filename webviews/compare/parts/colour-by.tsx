import type { VNode } from 'preact';
import { formatNumber } from '../../shared/format.ts';
import { theme } from '../../shared/theme.ts';
import { Dropdown } from '../../shared/toolkit.ts';
import type { CompareContext } from '../context.ts';
import type { ColourScale } from '../model/colours.ts';
import { scaleStops } from '../model/colours.ts';
import type { Column } from '../model/columns.ts';

export interface ColourByProps {
  context: CompareContext;
  column: Column | undefined;
  scale: ColourScale | undefined;
}

/** What the colours stand for, and their scale. */
export function ColourBy({ context, column, scale }: ColourByProps): VNode {
  const { columns, host } = context;
  const choices = [
    { value: 'none', text: 'Each run its own' },
    ...columns.filter(({ numeric }) => numeric).map(({ id, name }) => ({ value: id, text: name })),
  ];
  return (
    <>
      <span class="labelled">
        Colour by
        <Dropdown
          label="Colour by"
          value={column?.id ?? 'none'}
          choices={choices}
          onChoose={(colourBy) => host.keep({ colourBy })}
        />
      </span>
      {scale && Number.isFinite(scale.min) ? (
        <span class="scale">
          {formatNumber(scale.min)}
          <span
            class="scale-bar"
            style={{ background: `linear-gradient(90deg, ${scaleStops(theme.value.kind).join()})` }}
            aria-hidden="true"
          />
          {formatNumber(scale.max)}
        </span>
      ) : null}
    </>
  );
}
