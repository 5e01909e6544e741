/** The part of a long list that is drawn, and where it stands. Indexes from 0; `to` is not drawn any more. */
export type RowWindow = {
  readonly from: number;
  readonly to: number;
  /** Height of the whole scrolled area, px. */
  readonly height: number;
  /** Where the first drawn row stands in it, px. */
  readonly top: number;
};

/** Browsers draw nothing sensible beyond some 16 million px; past this height scrolling is scaled. */
export const tallest = 8_000_000;
const spare = 12;

/** Which rows of equal height are on the screen. All in px but `rows`. */
export function rowWindow(rows: number, rowHeight: number, scrollTop: number, viewport: number): RowWindow {
  const natural = rows * rowHeight;
  const height = Math.min(natural, tallest);
  const scrollable = Math.max(1, height - viewport);
  const position = Math.min(Math.max(0, scrollTop), scrollable);
  const offset = natural <= tallest ? position : (position / scrollable) * (natural - viewport);
  const firstSeen = Math.floor(offset / rowHeight);
  const from = Math.max(0, firstSeen - spare);
  const to = Math.min(rows, Math.ceil((offset + viewport) / rowHeight) + spare);
  return { from, to, height, top: position - (offset - from * rowHeight) };
}

/** The scroll position that brings a row near the middle of the screen. */
export function scrollTopOf(row: number, rows: number, rowHeight: number, viewport: number): number {
  const natural = rows * rowHeight;
  const offset = Math.max(0, Math.min(row * rowHeight - viewport / 2, natural - viewport));
  return natural <= tallest ? offset : (offset / (natural - viewport)) * (tallest - viewport);
}
