import { parseMinutes } from "../../stores/parseMinutes.ts";
import { TextField } from "../../ui/TextField.tsx";
import { localWords, minutesWords, utcRemark } from "../../ui/timeWords.ts";
import { useNow } from "../../ui/useNow.ts";
import { useWizard } from "./useWizard.ts";

const presets = [60, 240, 480, 1_440, 4_320, 10_080, 20_160] as const;
const presetWords: Readonly<Record<(typeof presets)[number], string>> = {
  60: "1 h",
  240: "4 h",
  480: "8 h",
  1440: "24 h",
  4320: "3 d",
  10080: "7 d",
  20160: "14 d",
};

/** How long the door stays open: usual times, or minutes exactly as typed. */
export function DurationStep({ targetId }: { readonly targetId: string }) {
  const { wizard, dispatch, nextOnEnter } = useWizard(targetId);
  const now = useNow();
  if (wizard === undefined) return null;
  const typed = wizard.draft.minutes;
  const parsed = parseMinutes(typed);
  const set = (text: string): void => dispatch({ type: "typed", field: "minutes", text });
  return (
    <section className="box stack" aria-labelledby="duration-title">
      <h2 id="duration-title">How long may the door stay open?</h2>
      <fieldset className="presets">
        <legend className="only-heard">Usual times</legend>
        {presets.map((minutes) => (
          <label key={minutes} className="preset" data-chosen={typed === String(minutes)}>
            <input
              type="radio"
              name="minutes"
              checked={typed === String(minutes)}
              onChange={() => set(String(minutes))}
            />
            <span>{presetWords[minutes]}</span>
          </label>
        ))}
      </fieldset>
      <div className="short">
        <TextField
          label="Exact minutes"
          hint="60 to 20 160 minutes: one hour to 14 days"
          numeric
          onKeyDown={nextOnEnter}
          value={typed}
          problem={parsed.kind === "refused" ? parsed.sentence : null}
          onChange={set}
        />
      </div>
      {parsed.kind === "minutes" && (
        <p>
          <strong>{minutesWords(parsed.minutes)}</strong>: opened now, it would close by itself on{" "}
          <strong>{localWords(now + parsed.minutes * 60_000)}</strong>
          {utcRemark(now + parsed.minutes * 60_000)}. Revoke shuts it earlier at any time.
        </p>
      )}
    </section>
  );
}
