import { visibleText } from "../../ui/visibleText.ts";

/** The choices of a question, in the words that came; `&` marks a key and is no word. */
export function Choices({ choices }: { readonly choices: readonly string[] }) {
  return choices.map((choice) => `[${visibleText(choice.replace("&", "").trim())}]`).join(" ");
}
