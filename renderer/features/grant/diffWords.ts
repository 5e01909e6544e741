export type DiffPiece = { readonly kind: "same" | "added" | "removed"; readonly text: string };

/** Above this many words a side, only the common beginning and end are told apart (the table would be too big). */
const mostWords = 3_000;

/** How `after` differs from `before`, word by word. Joined without the removed pieces it is `after` to the letter. */
export function diffWords(before: string, after: string): readonly DiffPiece[] {
  const from = before.split(/(\s+)/).filter((word) => word !== "");
  const to = after.split(/(\s+)/).filter((word) => word !== "");
  let start = 0;
  while (start < from.length && start < to.length && isSame(from[start], to[start])) start++;
  let end = 0;
  while (
    end < from.length - start &&
    end < to.length - start &&
    isSame(from[from.length - 1 - end], to[to.length - 1 - end])
  )
    end++;
  const middle = compare(from.slice(start, from.length - end), to.slice(start, to.length - end));
  return merge([
    ...to.slice(0, start).map(same),
    ...together(merge(middle)),
    ...to.slice(to.length - end).map(same),
  ]);
}

/** Changes with nothing but white space between them are read as one: all that is gone, then all that came. */
function together(pieces: readonly DiffPiece[]): readonly DiffPiece[] {
  const joined: DiffPiece[] = [];
  let removed = "";
  let added = "";
  const flush = (): void => {
    const came = added.trimEnd();
    if (removed.trim() !== "") joined.push({ kind: "removed", text: removed.trimEnd() });
    if (came !== "") joined.push({ kind: "added", text: came });
    if (came !== added) joined.push(same(added.slice(came.length)));
    removed = "";
    added = "";
  };
  for (const [place, piece] of pieces.entries()) {
    const isBetween = place > 0 && place < pieces.length - 1 && piece.text.trim() === "";
    if (piece.kind === "same" && !isBetween) {
      flush();
      joined.push(piece);
      continue;
    }
    if (piece.kind !== "added") removed += piece.text;
    if (piece.kind !== "removed") added += piece.text;
  }
  flush();
  return joined;
}

/** Any white space is like any other. */
function isSame(a: string | undefined, b: string | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.trim() === "" && b.trim() === "");
}

function same(text: string): DiffPiece {
  return { kind: "same", text };
}

function compare(from: readonly string[], to: readonly string[]): readonly DiffPiece[] {
  if (from.length > mostWords || to.length > mostWords)
    return [
      ...from.map((text): DiffPiece => ({ kind: "removed", text })),
      ...to.map((text): DiffPiece => ({ kind: "added", text })),
    ];
  const width = to.length + 1;
  const longest = new Uint16Array((from.length + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = from.length - 1; i >= 0; i--)
    for (let j = to.length - 1; j >= 0; j--)
      longest[i * width + j] = isSame(from[i], to[j])
        ? at(i + 1, j + 1) + 1
        : Math.max(at(i + 1, j), at(i, j + 1));
  const pieces: DiffPiece[] = [];
  let i = 0;
  let j = 0;
  while (i < from.length || j < to.length) {
    const removed = from[i];
    const added = to[j];
    if (removed !== undefined && added !== undefined && isSame(removed, added)) {
      pieces.push(same(added));
      i++;
      j++;
    } else if (removed !== undefined && (added === undefined || at(i + 1, j) >= at(i, j + 1))) {
      pieces.push({ kind: "removed", text: removed });
      i++;
    } else if (added !== undefined) {
      pieces.push({ kind: "added", text: added });
      j++;
    }
  }
  return pieces;
}

function merge(pieces: readonly DiffPiece[]): readonly DiffPiece[] {
  const merged: DiffPiece[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if (last?.kind === piece.kind)
      merged[merged.length - 1] = { kind: last.kind, text: last.text + piece.text };
    else merged.push(piece);
  }
  return merged;
}
