import type { EndpointReading } from "#contract";
import { utcWords } from "../../ui/timeWords.ts";
import { visibleParagraphs, visibleText } from "../../ui/visibleText.ts";

/** What each endpoint answered when it was asked last; what nobody understood in the words that came. */
export function Readings({ readings }: { readonly readings: readonly EndpointReading[] }) {
  return (
    <table className="readings">
      <caption>What each endpoint answered</caption>
      <thead>
        <tr>
          <th scope="col">Endpoint</th>
          <th scope="col">Active grants</th>
          <th scope="col">Live sessions</th>
          <th scope="col">Read at</th>
        </tr>
      </thead>
      <tbody>
        {readings.map((reading) => (
          <ReadingRow key={reading.endpoint} reading={reading} />
        ))}
      </tbody>
    </table>
  );
}

function ReadingRow({ reading }: { readonly reading: EndpointReading }) {
  const { endpoint, failure, activeGrants, liveSessions, notUnderstood, readAt } = reading;
  return (
    <>
      <tr>
        <th scope="row" rowSpan={notUnderstood.length > 0 ? 2 : 1}>
          {endpoint}
        </th>
        {failure === null ? (
          <>
            <td>{countWords(activeGrants)}</td>
            <td>{countWords(liveSessions)}</td>
          </>
        ) : (
          <td colSpan={2}>{visibleParagraphs(failure.sentence)}</td>
        )}
        <td>{readAt === null ? "not read" : utcWords(Date.parse(readAt))}</td>
      </tr>
      {notUnderstood.length > 0 && (
        <tr>
          <td colSpan={3}>
            Not understood, so it proves nothing:{" "}
            {notUnderstood.map((text) => (
              <code key={text} className="as-printed">
                {visibleText(text)}
              </code>
            ))}
          </td>
        </tr>
      )}
    </>
  );
}

function countWords(count: number | null): string {
  return count === null ? "not known" : count === 0 ? "none" : String(count);
}
