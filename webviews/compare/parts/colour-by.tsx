import type { VNode } from 'preact';
import { formatNumber } from '../../shared/format.ts';
import { theme } from '../../shared/theme.ts';
import { Dropdown } from '../../shared/toolkit.ts';
import type { ColourScale } from '../model/colours.ts';
import { canColour, scaleStops } from '../model/colours.ts';
import type { Column } from '../model/columns.ts';
import { shortened } from '../parallel/picture.ts';

export interface ColourByProps {
  columns: readonly Column[];
  column: Column | undefined;
  scale: ColourScale | undefined;
  onChoose: (id: string) => void;
}

/** What the colours stand for, and their scale. */
export function ColourBy({ columns, column, scale, onChoose }: ColourByProps): VNode {
  const choices = [
    { value: 'none', text: 'Each run its own' },
    ...columns.filter(canColour).map(({ id, name }) => ({ value: id, text: name })),
  ];
  return (
    <>
      <span class="labelled">
        Colour by
        <Dropdown label="Colour by" value={column?.id ?? 'none'} choices={choices} onChoose={onChoose} />
      </span>
      {scale ? <Scale scale={scale} /> : null}
    </>
  );
}

function Scale({ scale: { min, middle, max, words } }: { scale: ColourScale }): VNode | null {
  if (words.length > 0) {
    return (
      <span class="scale">
        {words.map(({ word, colour }) => (
          <span key={word} class="scale">
            <span class="scale-word" style={{ background: colour }} aria-hidden="true" />
            {shortened(word)}
          </span>
        ))}
      </span>
    );
  }
  if (min === undefined || !Number.isFinite(min)) return null;
  const stops = scaleStops(theme.value.kind);
  const half = Math.ceil(stops.length / 2);
  const parts = middle === undefined ? [stops] : [stops.slice(0, half), stops.slice(half - 1)];
  return (
    <span
      class="scale"
      title={middle === undefined ? undefined : 'Half of the runs lie below the number in the middle'}
    >
      {formatNumber(min)}
      {parts.map((part, at) => (
        <>
          <span class="scale-bar" style={{ background: `linear-gradient(90deg, ${part.join()})` }} aria-hidden="true" />
          {formatNumber((at === parts.length - 1 ? max : middle) ?? Number.NaN)}
        </>
      ))}
    </span>
  );
}
