/** The lines of a text, each cut at blanks to the room there is; null: as long as they are. */
export function wrapped(text: string, room: number | null): readonly string[] {
  const lines = text.split(/\r?\n/);
  return room === null ? lines : lines.flatMap((line) => cutLine(line, room));
}

function cutLine(line: string, room: number): readonly string[] {
  const pieces: string[] = [];
  let rest = line;
  while (rest.length > room) {
    const blank = rest.lastIndexOf(" ", room);
    const at = blank > 0 ? blank : room;
    pieces.push(rest.slice(0, at));
    rest = rest.slice(blank > 0 ? at + 1 : at);
  }
  return [...pieces, rest];
}
