import { memo } from "react";
import { markedPieces } from "./markedPieces.ts";
import { visibleText } from "./visibleText.ts";

type VirtualLineProps = {
  readonly number: number;
  readonly digits: number;
  readonly text: string | undefined;
  readonly isCurrent: boolean;
  readonly find: { readonly text: string; readonly matchCase: boolean } | null;
  readonly onWhole: (number: number) => void;
};

/** Characters drawn of one line; the rest is one press away. */
export const drawnCharacters = 2_000;

export const VirtualLine = memo(function VirtualLine(props: VirtualLineProps) {
  const { number, text, find, isCurrent } = props;
  const rest = (text?.length ?? 0) - drawnCharacters;
  return (
    <div className="text-line" data-line={number} data-current={isCurrent}>
      <span className="text-number" aria-hidden="true" style={{ minWidth: `calc(${props.digits}ch + 17px)` }}>
        {number}
      </span>
      {text === undefined ? (
        <span className="text-coming">reading line {number}…</span>
      ) : (
        <span className="text-words">
          {markedPieces(visibleText(text.slice(0, drawnCharacters)), find).map((piece) =>
            piece.isMarked ? (
              <mark key={piece.at}>{piece.text}</mark>
            ) : (
              <span key={piece.at}>{piece.text}</span>
            ),
          )}
          {rest > 0 && (
            <button type="button" className="text-more" onClick={() => props.onWhole(number)}>
              {rest} more characters: read the whole line
            </button>
          )}
        </span>
      )}
    </div>
  );
});
