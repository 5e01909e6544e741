import type { TranscriptFacts } from "#contract";
import { ShowCommands } from "../../parts/ShowCommands.tsx";
import { utcWords } from "../../ui/timeWords.ts";
import { visibleText } from "../../ui/visibleText.ts";

const acts = ["transcript"] as const;

/** What is known about the text: where it came from, its hash, the machine's own header. */
export function FactsPane({ facts }: { readonly facts: TranscriptFacts }) {
  const lines: readonly (readonly [string, string])[] = [
    ["Endpoint", facts.endpoint],
    ["Read", utcWords(Date.parse(facts.readAt))],
    ["State", facts.live ? "Live: the text has no end yet" : "Ended"],
    ["Lines", String(facts.lines)],
    ["Characters", String(facts.characters)],
    ["Device clock", offsetWords(facts.deviceOffsetMinutes)],
    ["SHA-256", facts.sha256],
  ];
  return (
    <section className="pane pane-facts" aria-labelledby="facts-title">
      <h2 id="facts-title">Facts</h2>
      <dl className="facts-narrow">
        {lines.map(([label, words]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className={label === "SHA-256" ? "mono" : undefined}>{words}</dd>
          </div>
        ))}
      </dl>
      <ShowCommands targetId={facts.targetId} sessionId={facts.sessionId} acts={acts} />
      <h3>As the machine wrote it</h3>
      <dl className="facts-narrow">
        {facts.header.map(({ key, value }, place) => (
          <div key={`${key} ${place}`}>
            <dt>{visibleText(key)}</dt>
            <dd className="mono">{visibleText(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function offsetWords(minutes: number | null): string {
  if (minutes === null) return "Zone not known: its times are local to the device";
  const sign = minutes < 0 ? "−" : "+";
  const size = Math.abs(minutes);
  return `UTC${sign}${String(Math.floor(size / 60)).padStart(2, "0")}:${String(size % 60).padStart(2, "0")}`;
}
