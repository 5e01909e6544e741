import { useEffect, useEffectEvent, useRef } from "react";
import type { KeyboardEvent } from "react";
import { useFrom } from "../../stores/storesContext.ts";
import type { Found } from "../../stores/transcriptVersion.ts";
import type { Work } from "../../stores/work.ts";
import { Button } from "../../ui/Button.tsx";
import { DownIcon, UpIcon } from "../../ui/icons.ts";
import { TextField } from "../../ui/TextField.tsx";
import { Tick } from "../../ui/Tick.tsx";

export type Find = { readonly text: string; readonly matchCase: boolean };

type FindBarProps = {
  readonly find: Find;
  readonly onFind: (find: Find) => void;
  /** What was found in the version that is shown. */
  readonly found: Work<Found>;
  readonly current: number | null;
};

/** Pause in typing before the console is asked (ms). */
const pauseMilliseconds = 250;

/**
 * What is looked for in the text. Ctrl-F leads here: the browser's own search sees only the lines on the screen. F3 and
 * Shift-F3 go on.
 */
export function FindBar({ find, onFind, found, current }: FindBarProps) {
  const step = useFrom("transcript", (state) => state.goToFound);
  const search = useFrom("transcript", (state) => state.find);
  useEffect(() => {
    const timer = setTimeout(() => void search(find.text, find.matchCase), pauseMilliseconds);
    return () => clearTimeout(timer);
  }, [find, search]);
  const hits = found.phase === "done" ? found.value.lines : [];
  const entry = useRef<HTMLInputElement>(null);
  const pageKey = useEffectEvent((event: globalThis.KeyboardEvent): void => {
    const isFind = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "f";
    if (!isFind && event.key !== "F3") return;
    if (document.querySelector("dialog[open]") !== null) return;
    event.preventDefault();
    if (isFind) entry.current?.select();
    if (isFind) entry.current?.focus();
    else step(event.shiftKey ? -1 : 1);
  });
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent): void => pageKey(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
  const keyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  };
  return (
    <search className="find">
      <div className="find-field">
        <div className="find-head">
          <span aria-hidden="true">Find in the text</span>
          <output className="soft numbers">{find.text !== "" && foundWords(found, hits, current)}</output>
        </div>
        <TextField
          label="Find in the text"
          hideLabel
          entry={entry}
          type="search"
          value={find.text}
          onKeyDown={keyDown}
          onChange={(text) => onFind({ ...find, text: text.slice(0, 500) })}
        />
      </div>
      <Tick label="Match case" on={find.matchCase} onChange={(matchCase) => onFind({ ...find, matchCase })} />
      <Button icon={UpIcon} name="Previous line found" disabled={hits.length === 0} onPress={() => step(-1)}>
        Previous
      </Button>
      <Button icon={DownIcon} name="Next line found" disabled={hits.length === 0} onPress={() => step(1)}>
        Next
      </Button>
    </search>
  );
}

function foundWords(
  found: { readonly phase: string; readonly value?: { readonly total: number } },
  hits: readonly number[],
  current: number | null,
): string {
  if (found.phase === "failed") return "The search did not work; type again to repeat it";
  if (found.phase !== "done") return "Looking…";
  const total = found.value?.total ?? 0;
  if (total === 0) return "No line holds that";
  const at = current === null ? -1 : hits.indexOf(current);
  return at === -1 ? `${total} lines` : `${at + 1} of ${total} lines`;
}
