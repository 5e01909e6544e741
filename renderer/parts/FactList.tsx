import type { Fact } from "#contract";
import { FailedIcon, PassedIcon, TickIcon, WarningIcon } from "../ui/icons.ts";
import { utcWords, withTimeWords } from "../ui/timeWords.ts";
import { visibleParagraphs, visibleText } from "../ui/visibleText.ts";
import "./FactList.css";

const looks = {
  failed: { icon: FailedIcon, word: "Failed" },
  retrying: { icon: WarningIcon, word: "Trying again" },
  stopped: { icon: WarningIcon, word: "Stopped" },
  confirmed: { icon: PassedIcon, word: "Confirmed" },
} as const;

const words: Readonly<Record<Fact["kind"], string>> = {
  connecting: "Connecting",
  asked: "Asked",
  question: "Question",
  answered: "Answered",
  accepted: "Accepted",
  said: "Endpoint said",
  readBack: "Read back",
  sessionEnded: "Session ended",
  retrying: looks.retrying.word,
  stopped: looks.stopped.word,
  failed: looks.failed.word,
  confirmed: looks.confirmed.word,
};

/** What happened on the way, one fact a line, the newest last; read out as facts arrive. What the endpoint said stays as it said it. */
export function FactList({ facts, name }: { readonly facts: readonly Fact[]; readonly name: string }) {
  return (
    <ol className="fact-list" aria-label={name} aria-live="polite" aria-relevant="additions">
      {facts.map((fact, place) => {
        const Icon = fact.kind in looks ? looks[fact.kind as keyof typeof looks].icon : TickIcon;
        return (
          <li key={`${fact.at} ${place}`} className={`fact fact-${fact.kind}`}>
            <Icon aria-hidden />
            <time dateTime={fact.at} title={utcWords(Date.parse(fact.at))}>
              {fact.at.slice(11, 21)} UTC
            </time>
            <span className="fact-kind">{words[fact.kind]}</span>
            <span className="fact-text">
              {fact.kind === "said" ? visibleText(fact.text) : visibleParagraphs(withTimeWords(fact.text))}
              {fact.endpoint !== null && !fact.text.includes(fact.endpoint) && (
                <span className="soft"> · {fact.endpoint}</span>
              )}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
