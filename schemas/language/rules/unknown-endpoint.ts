import { knowsAllOf } from '../check/view.ts';
import { hasExpression } from '../expressions/template.ts';
import type { Rule } from './rule.ts';
import { unknownName } from './unknown-name.ts';

export const unknownEndpoint: Rule = {
  code: 'CRISOL124',
  severity: 'error',
  title: 'Unknown endpoint',
  check(view) {
    if (!knowsAllOf(view, 'endpoints')) return [];
    const names = view.model.endpoints.map((endpoint) => endpoint.name);
    return view.model.monitors.flatMap(({ endpoint, damaged }) => {
      if (!endpoint || damaged || names.includes(endpoint.value) || hasExpression(endpoint.value)) return [];
      return [unknownName('endpoint', endpoint, names)];
    });
  },
};
