import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { formatBytes } from '../../../schemas/bytes-text.ts';
import type { ArtifactPreview } from '../../../schemas/panels/run-details.ts';
import type { ArtifactTable } from '../../../schemas/wire/artifact-table.ts';
import { Scroller } from '../../shared/scroller.tsx';
import { Empty, Problem } from '../../shared/states.tsx';
import { parseExactly } from './exact-json.ts';
import { hasScripts, safeHtml } from './safe-html.ts';
import type { Table } from './table.ts';
import { readLoggedTable, readTable } from './table.ts';

/** More text than this makes the page slow; nobody reads it in a preview. */
const MOST_SIGNS = 200_000;

interface Shown {
  path: string;
  preview: ArtifactPreview;
}

export function Preview({ path, preview }: Shown): VNode {
  switch (preview.kind) {
    case 'image':
      return <Picture key={preview.url} path={path} url={preview.url} />;
    case 'table':
      return <CsvPreview path={path} text={preview.text} whole={preview.whole} />;
    case 'rows':
      return <ParquetPreview path={path} table={preview.table} />;
    case 'json':
      return <JsonPreview path={path} text={preview.text} />;
    case 'html':
      return <HtmlPreview path={path} text={preview.text} />;
    case 'markdown':
    case 'text':
      return <TextPreview path={path} text={preview.text} whole={preview.whole} bytes={preview.bytes} />;
    case 'binary':
      return <Empty>There is no preview of this kind of file. It can be opened in an editor, or saved.</Empty>;
    case 'too-large':
      return (
        <Empty>
          {formatBytes(preview.bytes)} are much for a preview.
          {preview.showable ? '' : ' It can be opened in an editor, or saved.'}
        </Empty>
      );
    case 'failed':
      return <Problem problem={preview.problem} />;
  }
}

function Picture({ path, url }: { path: string; url: string }): VNode {
  const [broken, setBroken] = useState(false);
  if (broken) return <Empty>This is called a picture, but it is none that can be shown.</Empty>;
  return (
    <div class="artifact-image">
      <img src={url} alt={path} onError={() => setBroken(true)} />
    </div>
  );
}

interface TextProps {
  path: string;
  text: string;
}

function TextPreview({ path, text, whole, bytes }: TextProps & { whole: boolean; bytes: number }): VNode {
  if (text === '') return <Empty>The file is empty.</Empty>;
  const shown = text.slice(0, MOST_SIGNS);
  const cut = !whole || shown.length < text.length;
  return (
    <>
      {cut ? <p class="muted">The beginning of {formatBytes(bytes)}. An editor shows all of it.</p> : null}
      <Scroller class="artifact-text" label={`Content of ${path}`}>
        {shown}
      </Scroller>
    </>
  );
}

function CsvPreview({ path, text, whole }: TextProps & { whole: boolean }): VNode {
  const table = useMemo(() => readTable(path, text, whole), [path, text, whole]);
  return <TableView path={path} table={table} />;
}

function ParquetPreview({ path, table }: { path: string; table: ArtifactTable }): VNode {
  const { columns, rows, total_rows, total_columns } = table;
  const shown: Table = {
    columns: columns.map(({ name }) => name),
    types: columns.map(({ type }) => type),
    rows: rows.map((row) => row.map((value) => value ?? '')),
    cut: rows.length < total_rows || columns.length < total_columns,
    total: { rows: total_rows, columns: total_columns },
  };
  return <TableView path={path} table={shown} />;
}

function JsonPreview({ path, text }: TextProps): VNode {
  const { table, pretty } = useMemo(() => readJson(text), [text]);
  if (table) return <TableView path={path} table={table} />;
  return <TextPreview path={path} text={pretty} whole={true} bytes={pretty.length} />;
}

/** What is no JSON, such as Python's NaN, is shown as it stands. */
function readJson(text: string): { table: Table | undefined; pretty: string } {
  try {
    const value = parseExactly(text);
    return { table: readLoggedTable(value), pretty: JSON.stringify(value, null, 2) };
  } catch {
    return { table: undefined, pretty: text };
  }
}

function TableView({ path, table }: { path: string; table: Table }): VNode {
  const { columns, rows, types } = table;
  if (columns.length === 0) return <Empty>The table is empty.</Empty>;
  const numeric = columns.map((_, at) => rows.every((row) => isNumber(row[at] ?? '')));
  return (
    <>
      <p class="muted">{sizeOf(table)}</p>
      <Scroller class="wide artifact-table" label={`Table ${path}`}>
        <table class="sheet" aria-label={path}>
          <thead>
            <tr>
              {columns.map((column, at) => (
                <th key={at} scope="col" class={numeric[at] ? 'number' : undefined} title={types?.[at]}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, line) => (
              <tr key={line}>
                {columns.map((_, at) => (
                  <td key={at} class={numeric[at] ? 'number' : undefined}>
                    {row[at] ?? ''}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </>
  );
}

/** How much there is, and how much of it is shown. */
function sizeOf({ columns, rows, cut, total }: Table): string {
  const [height, width] = [
    counted(total?.rows ?? rows.length, 'row'),
    counted(total?.columns ?? columns.length, 'column'),
  ];
  if (!cut) return `${height}, ${width}`;
  if (!total) return `The first ${height}, ${width}`;
  const part = (shown: number, all: number, words: string) =>
    shown < all ? `${shown.toLocaleString('en')} of ${words}` : words;
  return `The first ${part(rows.length, total.rows, height)}, ${part(columns.length, total.columns, width)}`;
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}

function isNumber(text: string): boolean {
  return text === '' || Number.isFinite(Number(text));
}

/** A frame without any power: it runs nothing, knows no origin, and reaches nobody. */
function HtmlPreview({ path, text }: TextProps): VNode {
  const page = useMemo(() => safeHtml(text), [text]);
  return (
    <>
      {hasScripts(text) ? (
        <p class="muted">
          This page has scripts, which do not run here: nothing would keep them from the network. What they draw is
          missing. Save it to see it whole in a browser.
        </p>
      ) : null}
      <iframe class="artifact-page" title={`Page ${path}`} sandbox="" referrerpolicy="no-referrer" srcdoc={page} />
    </>
  );
}
