import { useFrom } from "../../stores/storesContext.ts";
import { Button } from "../../ui/Button.tsx";
import { PageDialog } from "../../ui/PageDialog.tsx";
import { places } from "./Rail.tsx";

const others: readonly (readonly [string, string])[] = [
  ["?", "This help"],
  ["Hold 1 s, or Enter and Enter again", "Revoke"],
  ["↑ ↓ PgUp PgDn Home End", "Walk the rows of a table"],
  ["Enter on a row", "Open it"],
  ["Enter, Shift+Enter in Find", "Next and previous line found"],
  ["p in a transcript", "Show or fold plumbing"],
  ["Esc", "Close a dialog"],
];

/** Every key there is. */
export function HelpDialog() {
  const close = useFrom("dialogs", (state) => state.close);
  return (
    <PageDialog
      title="Keys"
      onClose={close}
      actions={
        <Button kind="main" onPress={close}>
          Close
        </Button>
      }
    >
      <dl className="keys">
        {places.map(({ words, key }, place) => (
          <div key={words}>
            <dt>
              <kbd>g</kbd> <kbd>{key}</kbd> or <kbd>Alt</kbd>+<kbd>{place + 1}</kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
        {others.map(([keys, words]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </PageDialog>
  );
}
