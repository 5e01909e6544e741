import type { Level, SupportOperation } from "#contract";
import { useEffect, useState } from "react";
import { Trouble } from "../../parts/Trouble.tsx";
import { useFrom } from "../../stores/storesContext.ts";
import { tabStop } from "../../ui/tabStop.ts";
import { TextField } from "../../ui/TextField.tsx";
import { Working } from "../../ui/Working.tsx";

/** What the engineer may run at a level, by the vendor's published list; what repair adds stands first. */
export function OperationsList({ level }: { readonly level: Level }) {
  const operations = useFrom("grant", (state) => state.operations);
  const read = useFrom("grant", (state) => state.readOperations);
  useEffect(() => void read(), [read]);
  if (operations.phase === "failed")
    return (
      <Trouble
        failure={operations.failure}
        title="The list of operations could not be read"
        onRetry={() => void read()}
      />
    );
  if (operations.phase !== "done") return <Working words="Reading the published list of operations…" />;
  return <Listed operations={operations.value} level={level} />;
}

function Listed({
  operations,
  level,
}: {
  readonly operations: readonly SupportOperation[];
  readonly level: Level;
}) {
  const [text, setText] = useState("");
  const wanted = text.trim().toLowerCase();
  const matches = operations.filter(({ name, note }) => `${name} ${note}`.toLowerCase().includes(wanted));
  const diagnostics = matches.filter((operation) => operation.level === "Diagnostics");
  const repair = matches.filter((operation) => operation.level === "DiagnosticsRepair");
  const isRepair = level === "DiagnosticsRepair";
  return (
    <section className="box stack" aria-labelledby="operations-title">
      <div className="spread">
        <h2 id="operations-title">What the engineer may run</h2>
        <TextField
          label="Find an operation"
          type="search"
          value={text}
          onChange={setText}
          placeholder="name or note"
        />
      </div>
      <OperationTable
        title={
          isRepair
            ? `Repair adds these ${repair.length} operations`
            : `Not allowed at this level: ${repair.length} operations of repair`
        }
        operations={repair}
        look={isRepair ? "added" : "withheld"}
        startOpen={isRepair || wanted !== ""}
      />
      <OperationTable
        title={`Diagnostics: ${diagnostics.length} operations`}
        operations={diagnostics}
        look="allowed"
        startOpen
      />
    </section>
  );
}

type OperationTableProps = {
  readonly title: string;
  readonly operations: readonly SupportOperation[];
  readonly look: "allowed" | "added" | "withheld";
  readonly startOpen: boolean;
};

const looks = { allowed: "", added: "+", withheld: "−" } as const;

function OperationTable({ title, operations, look, startOpen }: OperationTableProps) {
  return (
    <details className={`operations operations-${look}`} open={startOpen} key={`${look} ${startOpen}`}>
      <summary>{title}</summary>
      <section className="operations-frame" aria-label={title} {...tabStop}>
        <table>
          <caption className="only-heard">{title}</caption>
          <tbody>
            {operations.map((operation) => (
              <tr key={operation.name}>
                <td className="operations-sign" aria-hidden="true">
                  {looks[look]}
                </td>
                <th scope="row">
                  <code>{operation.name}</code>
                </th>
                <td>
                  {operation.destructive && <span className="badge badge-danger">destructive</span>}{" "}
                  {operation.exports && <span className="badge badge-open">sends data out</span>}{" "}
                  {operation.note}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
