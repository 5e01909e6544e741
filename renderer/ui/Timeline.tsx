import { useId, useRef, useState } from "react";
import type { KeyboardEvent } from "react";
import type { Tick } from "./timelineTicks.ts";
import { useNote } from "./useNote.ts";
import "./Timeline.css";

/** Something that lasted, or (where both ends are one) happened. Times in ms since 1970. */
export type TimelineItem = {
  readonly id: string;
  readonly lane: number;
  readonly from: number;
  readonly to: number;
  /** It goes on. */
  readonly isOpen: boolean;
  /** One of the looks of Timeline.css. */
  readonly look: "open" | "inside" | "past" | "passed" | "shut";
  /** All of it, for the note and for those who hear it. */
  readonly words: string;
  /** Where a click or Enter leads. */
  readonly href: string;
};

/** From here on (percent) the words of a tick would stand in those of now. */
const roomForNow = 82;

type TimelineProps = {
  readonly name: string;
  readonly lanes: readonly string[];
  /** In the order of their beginnings. */
  readonly items: readonly TimelineItem[];
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly Tick[];
  /** The zone of the ticks, beside them. */
  readonly zone: string;
};

/** What lasted as bars and what happened as marks, in lanes. One tab stop; the arrow keys walk from item to item. */
export function Timeline({ name, lanes, items, from, to, ticks, zone }: TimelineProps) {
  const [active, setActive] = useState(0);
  const frame = useRef<HTMLFieldSetElement>(null);
  const place = (at: number): number => ((Math.min(Math.max(at, from), to) - from) / (to - from)) * 100;
  const walk = (event: KeyboardEvent, index: number): void => {
    const next = itemAfter(event.key, index, items.length);
    if (next === null) return;
    event.preventDefault();
    setActive(next);
    frame.current?.querySelector<HTMLElement>(`[data-item="${next}"]`)?.focus();
  };
  const current = Math.min(active, items.length - 1);
  return (
    <fieldset className="timeline" aria-label={name} ref={frame}>
      {lanes.map((lane, number) => (
        <div key={lane} className="timeline-lane">
          <span className="timeline-name" aria-hidden="true">
            {lane}
          </span>
          <div className="timeline-track">
            {ticks.map((tick) => (
              <span key={tick.at} className="timeline-line" style={{ left: `${place(tick.at)}%` }} />
            ))}
            {items.map(
              (item, index) =>
                item.lane === number && (
                  <Item
                    key={item.id}
                    item={item}
                    index={index}
                    isStop={index === current}
                    left={place(item.from)}
                    width={place(item.to) - place(item.from)}
                    onKey={walk}
                    onFocus={() => setActive(index)}
                  />
                ),
            )}
          </div>
        </div>
      ))}
      <div className="timeline-lane" aria-hidden="true">
        <span className="timeline-name soft">{zone}</span>
        <div className="timeline-track timeline-ticks">
          {ticks.map((tick) => (
            <span key={tick.at} className="timeline-tick numbers" style={{ left: `${place(tick.at)}%` }}>
              {place(tick.at) < roomForNow && tick.words}
            </span>
          ))}
          <span className="timeline-tick timeline-now">now</span>
        </div>
      </div>
    </fieldset>
  );
}

type ItemProps = {
  readonly item: TimelineItem;
  readonly index: number;
  readonly isStop: boolean;
  readonly left: number;
  readonly width: number;
  readonly onKey: (event: KeyboardEvent, index: number) => void;
  readonly onFocus: () => void;
};

function Item({ item, index, isStop, left, width, onKey, onFocus }: ItemProps) {
  const { spot, handlers } = useNote(360);
  const id = useId();
  const isMark = item.from === item.to;
  return (
    <>
      <a
        href={item.href}
        data-item={index}
        className={`timeline-item timeline-${isMark ? "mark" : "bar"} timeline-${item.look}`}
        data-open={item.isOpen}
        style={
          isMark
            ? { left: `${left}%` }
            : { ...(item.isOpen ? { right: 0 } : { left: `${left}%` }), width: `${width}%` }
        }
        tabIndex={isStop ? 0 : -1}
        aria-label={item.words}
        onKeyDown={(event) => onKey(event, index)}
        {...handlers}
        onFocus={(event) => {
          onFocus();
          handlers.onFocus(event);
        }}
      />
      {spot !== null && (
        <span role="tooltip" id={id} className="timeline-note" style={spot}>
          {item.words}
        </span>
      )}
    </>
  );
}

function itemAfter(key: string, index: number, count: number): number | null {
  const places: Readonly<Record<string, number>> = {
    ArrowRight: index + 1,
    ArrowLeft: index - 1,
    Home: 0,
    End: count - 1,
  };
  const next = places[key];
  return next === undefined ? null : Math.max(0, Math.min(count - 1, next));
}
