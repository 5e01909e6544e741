import { memo, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from "react";
import { markPlaces } from "./markPlaces.ts";
import { tabStop } from "./tabStop.ts";
import { rowWindow, scrollTopOf } from "./rowWindow.ts";
import { useRem } from "./useRem.ts";
import { useViewport } from "./useViewport.ts";
import { VirtualLine } from "./VirtualLine.tsx";
import "./VirtualText.css";

type VirtualTextProps = {
  readonly name: string;
  /** Which text it is: the lines of another one are asked for anew. */
  readonly text: string;
  /** How many lines there are; they are counted from 1. */
  readonly lines: number;
  /** The text of a line; undefined while it is not there yet. */
  readonly line: (number: number) => string | undefined;
  /** Asks for lines that are on the screen. */
  readonly onNeed: (from: number, to: number) => void;
  /** Brought into view whenever the object changes. */
  readonly goTo: { readonly line: number } | null;
  /** The line that stands out. */
  readonly current: number | null;
  /** Marked wherever it stands. */
  readonly find: { readonly text: string; readonly matchCase: boolean } | null;
  /** Lines that show on the scroll bar, in their order. */
  readonly marks: readonly number[];
  /** Stays at the end as long as the end is on the screen; scrolled up it waits, and says so. */
  readonly followEnd: boolean;
  readonly onWholeLine: (number: number) => void;
};

/** Line height in rem; fixed, so that a place in a million lines is a multiplication. */
const lineRems = 1.25;

/** A text of any length: only the lines on the screen exist. */
export function VirtualText(props: VirtualTextProps) {
  const { lines, goTo, followEnd } = props;
  const lineHeight = lineRems * useRem();
  const [ref, viewport] = useViewport<HTMLDivElement>();
  const drawn = rowWindow(lines, lineHeight, viewport.scrollTop, viewport.height);
  const wasAtEnd = useRef(true);
  const [isAtEnd, setAtEnd] = useState(true);
  const need = useEffectEvent(props.onNeed);
  const { from, to } = drawn;
  useEffect(() => need(from + 1, Math.max(to, lines === 0 ? 0 : 1)), [from, to, lines, props.text]);
  const wasFollowed = useRef(followEnd);
  useLayoutEffect(() => {
    const frame = ref.current;
    // With its last lines a text ends: they are what it was followed for.
    const isFollowed = followEnd || wasFollowed.current;
    wasFollowed.current = followEnd;
    if (frame !== null && isFollowed && wasAtEnd.current) frame.scrollTop = frame.scrollHeight;
  }, [lines, followEnd, ref]);
  const seen = useRef(viewport);
  useEffect(() => {
    const frame = ref.current;
    if (frame === null) return;
    // A frame that only became lower or higher was scrolled by nobody: who followed the end follows it still.
    const isScrolled = seen.current.scrollTop !== viewport.scrollTop;
    seen.current = viewport;
    if (!isScrolled && followEnd && wasAtEnd.current) frame.scrollTop = frame.scrollHeight;
    wasAtEnd.current = frame.scrollHeight - frame.scrollTop - frame.clientHeight < 2 * lineHeight;
    setAtEnd(wasAtEnd.current);
  }, [viewport, ref, lineHeight, followEnd]);
  const scrollTo = useEffectEvent((line: number) => {
    const frame = ref.current;
    if (frame === null) return;
    wasAtEnd.current = false;
    frame.scrollTop = scrollTopOf(line - 1, lines, lineHeight, frame.clientHeight);
  });
  useEffect(() => {
    if (goTo !== null) scrollTo(goTo.line);
  }, [goTo]);
  const digits = String(lines).length;
  const numbers = Array.from({ length: Math.max(0, to - from) }, (_none, place) => from + place + 1);
  return (
    <div className="text-outer">
      <section className="text-frame" ref={ref} aria-label={props.name} {...tabStop}>
        <div className="text-all" style={{ height: drawn.height }}>
          <div className="text-drawn" style={{ transform: `translateY(${drawn.top}px)` }}>
            {numbers.map((number) => (
              <VirtualLine
                key={number}
                number={number}
                digits={digits}
                text={props.line(number)}
                isCurrent={number === props.current}
                find={props.find}
                onWhole={props.onWholeLine}
              />
            ))}
          </div>
        </div>
      </section>
      <ScrollMarks marks={props.marks} lines={lines} />
      {followEnd && !isAtEnd && (
        <button type="button" className="text-to-end" onClick={() => ref.current?.scrollTo(0, drawn.height)}>
          Waiting here. Go to the end and follow
        </button>
      )}
    </div>
  );
}

const ScrollMarks = memo(function ScrollMarks({ marks, lines }: Pick<VirtualTextProps, "marks" | "lines">) {
  return (
    <div className="text-marks" aria-hidden="true">
      {markPlaces(marks, lines).map((place) => (
        <span key={place} style={{ top: `${place}%` }} />
      ))}
    </div>
  );
});
