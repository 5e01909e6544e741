import type { LedgerEntry } from "#contract";
import { useState } from "react";
import { Trouble } from "../../parts/Trouble.tsx";
import { useStream } from "../../parts/useStream.ts";
import type { LedgerView } from "../../stores/createLedgerStore.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { ChoiceField } from "../../ui/ChoiceField.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { Empty } from "../../ui/Empty.tsx";
import { AgainIcon, SaveIcon } from "../../ui/icons.ts";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { saveFile } from "../../ui/saveFile.ts";
import { TextField } from "../../ui/TextField.tsx";
import { utcWords } from "../../ui/timeWords.ts";
import { Working } from "../../ui/Working.tsx";
import { ledgerColumns } from "./columns.tsx";
import { entriesJson, filterLedger, ledgerCsv, ledgerRows, ledgerText } from "./ledgerRows.ts";
import type { LedgerFilter } from "./ledgerRows.ts";
import "./Ledger.css";

export function LedgerScreen() {
  const ledger = useFrom("ledger", (state) => state.ledger);
  const read = useFrom("ledger", (state) => state.read);
  // An act that begins or ends shows at a door: then there is more to read.
  const doors = useFrom("targets", (state) => state.overviews?.map(({ door }) => door.state).join(" ") ?? "");
  useStream(`ledger ${doors}`, read);
  return (
    <div className="fill">
      <PageHeader
        title="Ledger"
        note="Every intent and every outcome, each chained to the one before."
        actions={
          <Button icon={AgainIcon} onPress={() => void read()}>
            Read and check again
          </Button>
        }
      />
      {ledger.phase === "waiting" && <Working words="Reading the ledger and checking its chain…" />}
      {ledger.phase === "failed" && (
        <Trouble failure={ledger.failure} title="The ledger could not be read" onRetry={() => void read()} />
      )}
      {ledger.phase === "done" && <Entries view={ledger.value} />}
    </div>
  );
}

function Entries({ view }: { readonly view: LedgerView }) {
  const [filter, setFilter] = useState<LedgerFilter>({ text: "", act: "all" });
  const openDialog = useFrom("dialogs", (state) => state.open);
  const openReceipt = (entry: LedgerEntry): void => {
    if (entry.receipt !== null) openDialog({ kind: "receipt", receipt: entry.receipt });
  };
  if (view.entries.length === 0)
    return (
      <Empty title="Nothing recorded yet">
        Each grant and each revoke will stand here, before and after.
      </Empty>
    );
  const entries = filterLedger(ledgerRows(view.entries, view.withoutOutcome), filter);
  return (
    <>
      <ChainState view={view} />
      <OpenIntents numbers={view.withoutOutcome} />
      <DataTable
        name="Ledger entries"
        data={entries}
        columns={ledgerColumns}
        rowId={(entry) => String(entry.sequence)}
        sortedBy={newestFirst}
        onOpen={openReceipt}
        tools={(shown) => (
          <div className="spread">
            <div className="ledger-filters">
              <TextField
                label="Filter"
                type="search"
                value={filter.text}
                onChange={(text) => setFilter({ ...filter, text })}
                placeholder="any word of a row"
              />
              <ChoiceField
                label="Act"
                value={filter.act}
                choices={acts}
                onChange={(act) => setFilter({ ...filter, act })}
              />
            </div>
            <div className="actions">
              <output className="soft numbers">
                {shown.length} of {view.entries.length} entries
              </output>
              <CopyButton words="Copy" name="Copy the rows shown" text={() => ledgerText(shown)} />
              <Button icon={SaveIcon} onPress={() => saveFile("ledger.csv", ledgerCsv(shown), "text/csv")}>
                Save as CSV
              </Button>
              <Button
                icon={SaveIcon}
                onPress={() => saveFile("ledger.json", entriesJson(shown), "application/json")}
              >
                Save as JSON
              </Button>
            </div>
          </div>
        )}
      />
    </>
  );
}

const newestFirst = [{ id: "sequence", desc: true }];

const acts = [
  { value: "all", words: "All acts" },
  { value: "grant", words: "Grants" },
  { value: "revoke", words: "Revokes" },
] as const;

function OpenIntents({ numbers }: { readonly numbers: readonly number[] }) {
  if (numbers.length === 0) return null;
  return (
    <Banner
      kind="warning"
      title={`Not known what came of ${numbers.length === 1 ? "entry" : "entries"} ${numbers.join(", ")}`}
    >
      An intent stands there without an outcome: a console ended before it was recorded, or another one is
      still at work. Look at the grants of that target, and revoke if in doubt.
    </Banner>
  );
}

function ChainState({ view: { chain, readAt } }: { readonly view: LedgerView }) {
  const consoleAheadMs = useFrom("targets", (state) => state.consoleAheadMs) ?? 0;
  if (chain.state === "whole")
    return (
      <Banner kind="good" title={`Chain verified, ${chain.entries} entries`}>
        Checked {utcWords(readAt + consoleAheadMs)}: nothing was changed or taken out of the middle.
      </Banner>
    );
  if (chain.state === "torn")
    return (
      <Banner kind="warning" title={`Chain verified, ${chain.entries} entries; a torn end behind them`}>
        The ledger ends in a part of an entry, as a crash or a full disk leaves it. The next entry moves it
        into a file of its own beside the ledger; nothing is thrown away.
      </Banner>
    );
  return (
    <Banner kind="danger" title={`The chain is broken at line ${chain.atLine}`}>
      {chain.because} Entries before that line are still proved. Keep a copy of the ledger file before
      anything else.
    </Banner>
  );
}
