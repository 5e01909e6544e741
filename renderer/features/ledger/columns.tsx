import { PracticeMark } from "../../parts/PracticeMark.tsx";
import { useFrom } from "../../stores/storesContext.ts";
import { Button } from "../../ui/Button.tsx";
import { columnsOf } from "../../ui/dataTableFeatures.ts";
import { WarningIcon } from "../../ui/icons.ts";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { visibleParagraphs, visibleText } from "../../ui/visibleText.ts";
import { phaseWords, resultWords } from "./ledgerWords.ts";
import type { LedgerRow } from "./ledgerRows.ts";

const column = columnsOf<LedgerRow>();

export const ledgerColumns = column.columns([
  column.accessor("sequence", { header: "No.", sortFn: "basic" }),
  column.accessor("at", {
    header: "When",
    sortFn: "basic",
    cell: ({ row }) => <RelativeTime at={row.original.at} />,
  }),
  column.accessor((entry) => `${entry.act} ${phaseWords(entry)}`, {
    id: "act",
    header: "Act",
    cell: ({ row: { original } }) =>
      `${original.act === "grant" ? "Grant" : "Revoke"}, ${phaseWords(original)}`,
  }),
  column.accessor("targetName", {
    header: "Target",
    cell: ({ row: { original } }) => (
      <>
        {original.targetName} {original.isPractice && <PracticeMark />}
      </>
    ),
  }),
  column.accessor("operator", { header: "Operator" }),
  column.accessor((entry) => resultWords(entry).join(" "), {
    id: "result",
    header: "Result",
    cell: ({ row: { original } }) => <ResultCell entry={original} />,
  }),
  column.display({
    id: "receipt",
    header: "Receipt",
    cell: ({ row: { original } }) => <ReceiptCell entry={original} />,
  }),
  column.accessor("command", {
    header: "Command",
    cell: ({ row: { original } }) =>
      original.command === null ? "nothing was sent" : <code>{visibleText(original.command)}</code>,
  }),
]);

/** As much as fits; the receipt, one press away, has all of it. */
function ResultCell({ entry }: { readonly entry: LedgerRow }) {
  const [outcome, rest] = resultWords(entry).map((words) => visibleParagraphs(words));
  if (entry.end === "notKnown")
    return (
      <span className="ledger-unfinished">
        <WarningIcon aria-hidden /> {outcome}
      </span>
    );
  return (
    <span className="ledger-result" title={rest}>
      {outcome !== "" && <strong>{outcome}</strong>} <span className="soft">{rest}</span>
    </span>
  );
}

function ReceiptCell({ entry }: { readonly entry: LedgerRow }) {
  const openDialog = useFrom("dialogs", (state) => state.open);
  const { receipt } = entry;
  if (receipt === null) return null;
  return (
    <Button
      kind="quiet"
      name={`Receipt of entry ${entry.sequence}`}
      onPress={() => openDialog({ kind: "receipt", receipt })}
    >
      Receipt
    </Button>
  );
}
