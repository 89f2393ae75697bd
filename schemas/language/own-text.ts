/** A part of a long text keeps all of it in memory; what is read of the copy keeps the copy alone. */
export const copyOf = (part: string): string => ` ${part}`.slice(1);
