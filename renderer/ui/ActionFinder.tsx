import { useEffect, useId, useRef, useState } from "react";
import type { KeyboardEvent } from "react";
import { armedMilliseconds } from "./HoldButton.tsx";
import { matchingActions } from "./matchingActions.ts";
import type { NamedAction } from "./matchingActions.ts";
import "./ActionFinder.css";

type ActionFinderProps = {
  readonly name: string;
  readonly actions: readonly NamedAction[];
  readonly onRun: (id: string) => void;
};

/**
 * Actions by name, as an ARIA combobox with its own list (no tag of HTML is one): what is typed narrows the list, the arrow keys choose, Enter does it. An action that has to be said
 * twice waits five seconds for the second Enter.
 */
export function ActionFinder({ name, actions, onRun }: ActionFinderProps) {
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState(0);
  const [armed, setArmed] = useArmed();
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const shown = matchingActions(actions, typed);
  const current = Math.max(0, Math.min(chosen, shown.length - 1));
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [current, typed]);
  const choose = (place: number): void => {
    setChosen(Math.max(0, Math.min(shown.length - 1, place)));
    setArmed(null);
  };
  const run = (action: NamedAction | undefined): void => {
    if (action === undefined) return;
    if (action.asksTwice === true && armed !== action.id) return setArmed(action.id);
    onRun(action.id);
  };
  const keyDown = (event: KeyboardEvent): void => {
    const to = { ArrowDown: current + 1, ArrowUp: current - 1 }[event.key];
    if (to === undefined && event.key !== "Enter") return;
    event.preventDefault();
    if (to !== undefined) choose(to);
    else if (!event.repeat) run(shown[current]);
  };
  return (
    <div className="finder">
      <input
        className="finder-entry"
        role="combobox"
        aria-label={name}
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={shown.length === 0 ? undefined : `${id} ${current}`}
        autoComplete="off"
        spellCheck={false}
        placeholder="Type a part of its name"
        value={typed}
        onKeyDown={keyDown}
        onChange={(event) => {
          setTyped(event.target.value);
          choose(0);
        }}
      />
      <div className="finder-list" role="listbox" id={id} aria-label={name} ref={list}>
        {shown.map((action, place) => (
          // The entry keeps the focus and has the keys of the list.
          <div
            key={action.id}
            id={`${id} ${place}`}
            className="finder-action"
            role="option"
            tabIndex={-1}
            aria-selected={place === current}
            data-armed={armed === action.id}
            onPointerMove={() => {
              if (place !== current) choose(place);
            }}
            onClick={() => run(action)}
          >
            <span>
              {action.words}
              {armed === action.id && <strong>: once more within 5 seconds</strong>}
            </span>
            {action.key !== undefined && <kbd>{action.key}</kbd>}
          </div>
        ))}
      </div>
      <output className="soft small">
        {shown.length === 0 ? "No action has such a name" : `${shown.length} of ${actions.length} actions`}
      </output>
    </div>
  );
}

/** The id of the action that was said once; forgotten after a while. */
function useArmed(): [string | null, (id: string | null) => void] {
  const [armed, setArmed] = useState<string | null>(null);
  useEffect(() => {
    if (armed === null) return undefined;
    const timer = setTimeout(() => setArmed(null), armedMilliseconds);
    return () => clearTimeout(timer);
  }, [armed]);
  return [armed, setArmed];
}
