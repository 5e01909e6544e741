import type { Receipt } from "#contract";
import { utcWords } from "../ui/timeWords.ts";
import { visibleText } from "../ui/visibleText.ts";
import { readingWords } from "./readWords.ts";

/** What a receipt rests on: all that left the console, to the letter, and what each endpoint showed after it. */
export function ReceiptProof({ receipt: { sent = [], readings = [] } }: { readonly receipt: Receipt }) {
  return (
    <>
      {sent.length > 0 && (
        <section className="stack" aria-label="Sent, in order">
          <h3>Sent, in order</h3>
          <ol className="stack">
            {sent.map(({ endpoint, at, line }) => (
              <li key={`${at} ${endpoint} ${line}`}>
                <span className="numbers soft">{utcWords(Date.parse(at))}</span> to {endpoint}:{" "}
                <code>{visibleText(line)}</code>
              </li>
            ))}
          </ol>
        </section>
      )}
      {readings.length > 0 && (
        <section className="stack" aria-label="What each endpoint showed">
          <h3>What each endpoint showed</h3>
          <dl className="facts-list">
            {readings.map((reading) => (
              <div key={reading.endpoint} className="facts-row">
                <dt>{reading.endpoint}</dt>
                <dd>
                  {visibleText(readingWords(reading))}
                  {reading.readAt !== null && (
                    <span className="soft"> · read {utcWords(Date.parse(reading.readAt))}</span>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </>
  );
}
