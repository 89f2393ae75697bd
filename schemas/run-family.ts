/** More runs below one are not counted, however many it has. */
export const MOST_CHILDREN = 1000;
