import { useFrom } from "../stores/storesContext.ts";
import { WarningIcon } from "../ui/icons.ts";
import { clockWords } from "./clockWords.ts";
import "./ClockRemarks.css";

type ClockRemarksProps = { readonly targetName: string; readonly deviceAheadMs: number | null };

/** Says which of page, console and target has another time than the others; nothing where they agree. */
export function ClockRemarks({ targetName, deviceAheadMs }: ClockRemarksProps) {
  const consoleAheadMs = useFrom("targets", (state) => wholeSeconds(state.consoleAheadMs));
  return clockWords({ targetName, consoleAheadMs, deviceAheadMs }).map((words) => (
    <span key={words} className="clock-remark">
      <WarningIcon aria-hidden /> {words}
    </span>
  ));
}

/** In whole seconds: each snapshot measures it a little differently. */
function wholeSeconds(milliseconds: number | null): number | null {
  return milliseconds === null ? null : Math.round(milliseconds / 1_000) * 1_000;
}
