import { levels } from "#contract";
import type { Level } from "#contract";
import { levelWords } from "../../parts/doorWords.ts";
import { OperationsList } from "./OperationsList.tsx";
import { useWizard } from "./useWizard.ts";

const notes: Readonly<Record<Level, string>> = {
  Diagnostics: "The engineer may look and collect. Nothing on the stamp is repaired.",
  DiagnosticsRepair: "The engineer may also change things: restart, move, clear, patch.",
};

/** Two levels side by side, and beneath them what each allows. */
export function LevelStep({ targetId }: { readonly targetId: string }) {
  const { wizard, dispatch } = useWizard(targetId);
  if (wizard === undefined) return null;
  const { level } = wizard.draft;
  return (
    <>
      <fieldset className="levels">
        <legend className="only-heard">Level</legend>
        {levels.map((each) => (
          <label key={each} className="level" data-chosen={each === level}>
            <input
              type="radio"
              name="level"
              value={each}
              aria-label={levelWords(each)}
              checked={each === level}
              onChange={() => dispatch({ type: "choseLevel", level: each })}
            />
            <span>
              <strong>{levelWords(each)}</strong>
              <span className="soft">{notes[each]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <OperationsList level={level} />
    </>
  );
}
