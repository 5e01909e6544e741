import type { Receipt } from "#contract";
import { Button } from "../ui/Button.tsx";
import { SaveIcon } from "../ui/icons.ts";
import { saveFile } from "../ui/saveFile.ts";
import { tabStop } from "../ui/tabStop.ts";
import { visibleParagraphs } from "../ui/visibleText.ts";
import { FactList } from "./FactList.tsx";
import { ReceiptProof } from "./ReceiptProof.tsx";
import { receiptLines, receiptText } from "./receiptText.ts";

/** A receipt in full. */
export function ReceiptView({ receipt }: { readonly receipt: Receipt }) {
  return (
    <div className="stack">
      <dl className="facts-list">
        {receiptLines(receipt).map(([label, words]) => (
          <div key={label} className="facts-row">
            <dt>{label}</dt>
            <dd className={label === "Command" || label === "Terms SHA-256" ? "mono" : undefined}>
              {visibleParagraphs(words)}
            </dd>
          </div>
        ))}
      </dl>
      <ReceiptProof receipt={receipt} />
      <h3>Facts</h3>
      <FactList facts={receipt.facts} name="Facts of the receipt" />
      {receipt.termsText !== null && (
        <>
          <h3>Terms as shown</h3>
          <pre className="terms-plain" {...tabStop}>
            {visibleParagraphs(receipt.termsText)}
          </pre>
        </>
      )}
    </div>
  );
}

/** Keeps a receipt outside the console. */
export function SaveReceipt({ receipt }: { readonly receipt: Receipt }) {
  const name = `receipt-${receipt.act}-${receipt.targetName}-${receipt.finishedAt.slice(0, 19).replaceAll(":", "")}`;
  return (
    <span className="actions">
      <Button
        icon={SaveIcon}
        onPress={() => saveFile(`${name}.json`, `${JSON.stringify(receipt, null, 2)}\n`, "application/json")}
      >
        Save receipt as JSON
      </Button>
      <Button icon={SaveIcon} onPress={() => saveFile(`${name}.txt`, receiptText(receipt), "text/plain")}>
        Save receipt as text
      </Button>
    </span>
  );
}
