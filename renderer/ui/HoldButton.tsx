import { useEffect, useRef, useState } from "react";
import type { KeyboardEvent, MouseEvent, PointerEvent } from "react";
import { ShutIcon } from "./icons.ts";
import "./HoldButton.css";

/** How long it is held, how long a first Enter waits for the second, and how long the words after a click stand (ms). */
export const holdMilliseconds = 1_000;
export const armedMilliseconds = 5_000;
export const hintMilliseconds = 5_000;

/** A pointer that moved so far was drawn away (px). */
const drawnAway = 48;

type HoldButtonProps = {
  readonly words: string;
  /** Its full name where the words are short: `Revoke access to Stamp 1`. */
  readonly name: string;
  readonly onConfirm: () => void;
};

type Phase = "rest" | "holding" | "armed" | "tooShort";

const shownWords = { holding: "Hold…", armed: "Enter again", tooShort: "Hold for one second" } as const;

/**
 * An act that must not happen by accident and must not ask questions: held for one second, or Enter and Enter again
 * within five seconds. A click without a pointer (a screen reader's) counts as an Enter; one with a pointer says in words
 * what is to be done.
 */
export function HoldButton({ words, name, onConfirm }: HoldButtonProps) {
  const [phase, setPhase] = useState<Phase>("rest");
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const enter = (next: Phase, milliseconds: number, after: () => void): void => {
    clearTimeout(timer.current);
    setPhase(next);
    timer.current = setTimeout(() => {
      setPhase("rest");
      after();
    }, milliseconds);
  };
  const rest = (): void => {
    clearTimeout(timer.current);
    setPhase("rest");
  };
  const hold = (): void => enter("holding", holdMilliseconds, onConfirm);
  const heldAt = useRef({ x: 0, y: 0 });
  // What stands beside the button may move it: the pointer holds it all the same until it moves itself.
  const take = (event: PointerEvent<HTMLButtonElement>): void => {
    if (event.button !== 0) return;
    if ("setPointerCapture" in event.currentTarget) event.currentTarget.setPointerCapture(event.pointerId);
    heldAt.current = { x: event.clientX, y: event.clientY };
    hold();
  };
  const follow = ({ clientX, clientY }: PointerEvent): void => {
    if (Math.hypot(clientX - heldAt.current.x, clientY - heldAt.current.y) > drawnAway) release();
  };
  const release = (): void => {
    if (phase === "holding") enter("tooShort", hintMilliseconds, () => undefined);
  };
  const press = (): void => {
    if (phase !== "armed") return enter("armed", armedMilliseconds, () => undefined);
    rest();
    onConfirm();
  };
  const keyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape") rest();
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    if (event.repeat) return;
    if (event.key === "Enter") press();
    else hold();
  };
  const click = (event: MouseEvent): void => {
    if (event.detail === 0 && phase !== "holding") press();
  };
  return (
    <span className="hold">
      <button
        type="button"
        className="hold-button"
        data-phase={phase}
        aria-label={name}
        title="Hold for one second, or press Enter twice"
        onPointerDown={take}
        onPointerMove={follow}
        onPointerUp={release}
        onPointerCancel={release}
        onContextMenu={(event) => event.preventDefault()}
        onKeyDown={keyDown}
        onKeyUp={(event) => (event.key === " " ? release() : undefined)}
        onBlur={rest}
        onClick={click}
      >
        <span className="hold-progress" aria-hidden="true" />
        <ShutIcon aria-hidden />
        {/* The words at rest keep their room: a button that shrank under the pointer would let go of itself. */}
        <span className="hold-words">
          <span data-hidden={phase !== "rest"}>{words}</span>
          {phase !== "rest" && <span>{shownWords[phase]}</span>}
        </span>
      </button>
      <span className="only-heard" aria-live="polite">
        {phase === "armed" && `Press Enter again within 5 seconds: ${name}`}
        {phase === "holding" && "Keep holding for one second"}
        {phase === "tooShort" && `Nothing was done: hold for one second, or press Enter twice: ${name}`}
      </span>
    </span>
  );
}
