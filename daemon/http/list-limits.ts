import { CrisolError } from '../base/errors.ts';

interface Shape {
  properties?: Record<string, Shape>;
  items?: Shape;
  maxItems?: number;
}
/** Throws when a list has more items than its schema allows. */
type Check = (value: unknown, path: string) => void;

/** Validation looks at each item before it counts them: so they are counted before. Undefined where no list has a limit. */
export function listLimits({ properties = {}, items, maxItems }: Shape): Check | undefined {
  const ofItem = items && listLimits(items);
  const ofFields = Object.entries(properties).flatMap(([name, shape]) => {
    const check = listLimits(shape);
    return check ? [{ name, check }] : [];
  });
  if (!ofItem && ofFields.length === 0 && maxItems === undefined) return undefined;
  return (value, path) => {
    if (Array.isArray(value)) {
      refuseLong(value, maxItems, path);
      if (ofItem) value.forEach((item, index) => void ofItem(item, `${path}[${index}]`));
    } else if (typeof value === 'object' && value !== null) {
      const fields = new Map(Object.entries(value));
      for (const { name, check } of ofFields) check(fields.get(name), path === '' ? name : `${path}.${name}`);
    }
  };
}

export function refuseLong(list: readonly unknown[], most = Number.POSITIVE_INFINITY, path: string): void {
  if (list.length <= most) return;
  throw new CrisolError(
    'INVALID_PARAMETER_VALUE',
    `'${path}' may have at most ${most} items, and has ${list.length}.`,
    { hint: 'Send fewer at once.' },
  );
}
