import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { formatBytes } from '../../../schemas/bytes-text.ts';
import { modelPlace } from '../../../schemas/panels/artifact-paths.ts';
import type { TreeMove, TreeRow } from './rows.ts';
import { moveBy, press } from './rows.ts';

/** As high as a row is drawn: the style sheet says the same. */
const ROW = 22;
/** Drawn beyond what is seen, so that scrolling shows no gap. */
const SPARE = 10;

export interface TreeProps {
  rows: TreeRow[];
  chosen: string | null;
  onToggle: (folder: string) => void;
  onChoose: (file: string) => void;
}

/** A tree of any length: only the rows in sight exist. */
export function ArtifactTree({ rows, chosen, onToggle, onChoose }: TreeProps): VNode {
  const tree = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(400);
  const [focusPath, setFocusPath] = useState(chosen);
  const at = rows.findIndex(({ path }) => path === (focusPath ?? chosen));
  const focused = Math.max(0, at);
  useEffect(() => {
    const box = tree.current;
    if (!box) return;
    const watch = new ResizeObserver(() => setHeight(box.clientHeight));
    watch.observe(box);
    return () => watch.disconnect();
  }, []);
  const act = (move: TreeMove) => {
    if (!move) return;
    if ('toggle' in move) onToggle(move.toggle);
    else if ('choose' in move) onChoose(move.choose);
    else {
      setFocusPath(rows[move.focus]?.path ?? null);
      bringIntoSight(tree.current, move.focus);
    }
  };
  const from = Math.max(0, Math.floor(top / ROW) - SPARE);
  const shown = rows.slice(from, Math.ceil((top + height) / ROW) + SPARE);
  const isDrawn = focused >= from && focused < from + shown.length;
  return (
    <div
      ref={tree}
      class="tree"
      role="tree"
      tabIndex={0}
      aria-label="Artifacts"
      aria-activedescendant={isDrawn ? `artifact-${focused}` : undefined}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      onKeyDown={(event) => {
        const move = moveBy(event.key, rows, focused, Math.floor(height / ROW));
        if (!move) return;
        event.preventDefault();
        act(move);
      }}
    >
      <div class="tree-space" style={{ height: `${rows.length * ROW}px` }}>
        {shown.map((row, index) => (
          <Row
            key={row.path}
            row={row}
            at={from + index}
            focused={from + index === focused}
            chosen={row.path === chosen}
            onPress={() => {
              setFocusPath(row.path);
              act(press(row));
            }}
          />
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  row: TreeRow;
  at: number;
  focused: boolean;
  chosen: boolean;
  onPress: () => void;
}

const SIGNS: Record<TreeRow['kind'], string> = { open: '▾', closed: '▸', file: '', note: '' };

function Row({ row, at, focused, chosen, onPress }: RowProps): VNode {
  const { kind, level, name, bytes } = row;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the focus, and all its keys
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus, and says which row is meant
    <div
      id={`artifact-${at}`}
      class={`tree-row${focused ? ' focused' : ''}${chosen ? ' chosen' : ''}${kind === 'note' ? ' muted' : ''}`}
      role="treeitem"
      aria-level={level}
      aria-posinset={row.place}
      aria-setsize={row.brothers}
      aria-selected={chosen}
      aria-expanded={kind === 'open' ? true : kind === 'closed' ? false : undefined}
      title={row.path}
      style={{ top: `${at * ROW}px`, paddingInlineStart: `${4 + (level - 1) * 12}px` }}
      onClick={onPress}
    >
      <span class="tree-sign" aria-hidden="true">
        {SIGNS[kind]}
      </span>
      <span class="tree-name">{name}</span>
      {bytes === null ? null : <span class="muted">{formatBytes(bytes)}</span>}
      {modelPlace(row.path)?.path === '' ? <span class="muted">model</span> : null}
    </div>
  );
}

function bringIntoSight(box: HTMLElement | null, at: number): void {
  if (!box) return;
  const [top, bottom] = [at * ROW, (at + 1) * ROW];
  if (top < box.scrollTop) box.scrollTop = top;
  else if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom - box.clientHeight;
}
