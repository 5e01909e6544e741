import { useFrom } from "../../stores/storesContext.ts";
import { Button } from "../../ui/Button.tsx";
import { PageDialog } from "../../ui/PageDialog.tsx";
import { places } from "./Rail.tsx";

/** Keys, and a word where they only work in one place. */
const others: readonly {
  readonly keys: readonly string[];
  readonly where?: string;
  readonly words: string;
}[] = [
  { keys: ["Ctrl+K"], words: "Every action by its name" },
  { keys: ["?"], words: "This help" },
  {
    keys: ["Enter", "Enter"],
    where: "on Revoke, within 5 s",
    words: "Revoke; or hold the button for one second",
  },
  { keys: ["↑", "↓", "PgUp", "PgDn", "Home", "End"], where: "in a table", words: "Walk the rows" },
  { keys: ["Enter"], where: "on a row", words: "Open it" },
  { keys: ["←", "→", "Home", "End"], where: "on a timeline", words: "Walk what happened" },
  { keys: ["Enter"], where: "in the wizard", words: "Next step" },
  { keys: ["Ctrl+F"], where: "in a transcript", words: "Find in the text" },
  { keys: ["F3", "Shift+F3"], where: "in a transcript", words: "Next and previous line found" },
  { keys: ["p"], where: "in a transcript", words: "Show plumbing or fold it away" },
  { keys: ["Esc"], words: "Close a dialog" },
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
        {others.map(({ keys, where, words }) => (
          <div key={words}>
            <dt>
              {keys.map((key, place) => (
                <span key={place}>
                  <kbd>{key}</kbd>{" "}
                </span>
              ))}
              {where !== undefined && <span className="soft small">{where}</span>}
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </PageDialog>
  );
}
