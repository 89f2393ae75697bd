import { extname } from 'node:path';
import { parseSync } from '@swc/core';
import { read } from './sources.ts';

interface Node {
  type: string;
  span?: { start: number; end: number };
  [field: string]: unknown;
}

export interface FunctionSize {
  /** where it starts, as `file:line` */
  place: string;
  lines: number;
}

const FUNCTIONS = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ClassMethod',
  'Constructor',
]);

/** How many lines each function of a file has, those inside of others included. */
export function functionSizes(file: string): FunctionSize[] {
  const bytes = Buffer.from(read(file));
  const lineOf = lineNumbers(bytes);
  return nodes(file)
    .filter(({ type }) => FUNCTIONS.has(type))
    .map((node) => {
      const span = spanOf(node);
      const first = lineOf(span.start);
      return { place: `${file}:${first}`, lines: lineOf(span.end) - first + 1 };
    });
}

/** Every text in quotes of a file; of a template, its first piece. */
export function texts(file: string): string[] {
  return nodes(file).flatMap((node) => {
    if (node.type === 'StringLiteral') return [String(node.value)];
    if (node.type === 'TemplateElement') return [String(node.raw)];
    return [];
  });
}

function nodes(file: string): Node[] {
  const tree = parseSync(read(file), { syntax: 'typescript', tsx: extname(file) === '.tsx' });
  const found: Node[] = [];
  visit(tree, found);
  return found;
}

function visit(value: unknown, found: Node[]): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, found);
  } else if (typeof value === 'object' && value !== null) {
    if ('type' in value && typeof value.type === 'string') found.push(value as Node);
    for (const child of Object.values(value)) visit(child, found);
  }
}

/** A method carries its place on the function inside. */
function spanOf(node: Node): { start: number; end: number } {
  const inner = node.function as Node | undefined;
  return node.span ?? inner?.span ?? { start: 1, end: 1 };
}

/** The parser counts bytes from one. */
function lineNumbers(bytes: Buffer): (position: number) => number {
  const starts = [0];
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) starts.push(at + 1);
  return (position) => starts.findLastIndex((start) => start <= position - 1) + 1;
}
