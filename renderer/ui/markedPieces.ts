export type Piece = { readonly at: number; readonly text: string; readonly isMarked: boolean };

/** Cuts a line where a text occurs in it, so that the occurrences can be marked. */
export function markedPieces(
  line: string,
  find: { readonly text: string; readonly matchCase: boolean } | null,
): readonly Piece[] {
  if (find === null || find.text === "") return [{ at: 0, text: line, isMarked: false }];
  const fold = (text: string): string => (find.matchCase ? text : text.toLowerCase());
  const haystack = fold(line);
  const needle = fold(find.text);
  // Folding may change the length (İ); then places in one are not places in the other and nothing is marked.
  if (haystack.length !== line.length) return [{ at: 0, text: line, isMarked: false }];
  const pieces: Piece[] = [];
  let at = 0;
  for (let hit = haystack.indexOf(needle); hit !== -1; hit = haystack.indexOf(needle, at)) {
    if (hit > at) pieces.push({ at, text: line.slice(at, hit), isMarked: false });
    at = hit + needle.length;
    pieces.push({ at: hit, text: line.slice(hit, at), isMarked: true });
  }
  if (at < line.length || pieces.length === 0) pieces.push({ at, text: line.slice(at), isMarked: false });
  return pieces;
}
