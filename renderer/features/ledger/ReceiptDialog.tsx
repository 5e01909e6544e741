import type { Receipt } from "#contract";
import { ReceiptView, SaveReceipt } from "../../parts/ReceiptView.tsx";
import { outcomeWord } from "../../parts/receiptText.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Button } from "../../ui/Button.tsx";
import { PageDialog } from "../../ui/PageDialog.tsx";

export function ReceiptDialog({ receipt }: { readonly receipt: Receipt }) {
  const close = useFrom("dialogs", (state) => state.close);
  return (
    <PageDialog
      wide
      title={`Receipt: ${receipt.act === "grant" ? "grant" : "revoke"} of ${receipt.targetName}, ${outcomeWord(receipt.outcome)}`}
      onClose={close}
      actions={
        <>
          <SaveReceipt receipt={receipt} />
          <Button kind="main" onPress={close}>
            Close
          </Button>
        </>
      }
    >
      <ReceiptView receipt={receipt} />
    </PageDialog>
  );
}
