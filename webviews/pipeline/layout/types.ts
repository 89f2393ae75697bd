export interface Box {
  id: string;
  width: number;
  height: number;
}

/** `to` waits for `from`. */
export interface Link {
  from: string;
  to: string;
}

export interface Place {
  /** of the left upper corner */
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface PlacedLink extends Link {
  /** as SVG draws it, from the one box to the other */
  path: string;
  /** where it arrives, and whether from above or from the left */
  end: { x: number; y: number; from: 'above' | 'left' };
}

export interface Layout {
  width: number;
  height: number;
  places: ReadonlyMap<string, Place>;
  links: readonly PlacedLink[];
  /** ids from top to bottom, each layer line by line from left to right */
  layers: readonly (readonly string[])[];
}
