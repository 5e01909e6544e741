import type { TimelineItem } from "../../ui/Timeline.tsx";
import { utcMinute } from "../../ui/timeWords.ts";

type HistoryTableProps = { readonly items: readonly TimelineItem[]; readonly name: string };

/** What a timeline draws, as a table. */
export function HistoryTable({ items, name }: HistoryTableProps) {
  return (
    <details className="history-table">
      <summary className="soft small">The same as a table</summary>
      <table>
        <caption className="only-heard">What happened on {name}</caption>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col">Details</th>
          </tr>
        </thead>
        <tbody>
          {items.toReversed().map((item) => {
            const [what = "", , ...rest] = item.words.split("\n");
            return (
              <tr key={item.id}>
                <th scope="row">
                  <a href={item.href}>{what}</a>
                </th>
                <td className="numbers">{utcMinute(item.from)}</td>
                <td className="numbers">
                  {item.from === item.to ? "" : item.isOpen ? "goes on" : utcMinute(item.to)}
                </td>
                <td>{rest.join(" ")}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </details>
  );
}
