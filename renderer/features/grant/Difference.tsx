import { visibleParagraphs } from "../../ui/visibleText.ts";
import { diffWords } from "./diffWords.ts";

/** A text with what differs from another one marked, for those who see it and those who hear it. */
export function Difference({ before, after }: { readonly before: string; readonly after: string }) {
  return (
    <div className="difference">
      {diffWords(visibleParagraphs(before), visibleParagraphs(after)).map((piece, place) => {
        if (piece.kind === "added")
          return (
            <ins key={place}>
              <span className="only-heard">added: </span>
              {piece.text}
            </ins>
          );
        if (piece.kind === "removed")
          return (
            <del key={place}>
              <span className="only-heard">missing: </span>
              {piece.text}
            </del>
          );
        return <span key={place}>{piece.text}</span>;
      })}
    </div>
  );
}
