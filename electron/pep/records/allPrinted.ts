import type { Invoked } from "../wire/commandOptions.ts";
import { hideSecrets, hideSecretsInLines } from "./hideSecrets.ts";
import { cut, hasSecretColumn, type HowPrinted, printedText } from "./printedText.ts";

/** Characters of one object here: all of it is wanted. */
const longestObject = 20_000;
const mostLines = 5_000;

/** Everything that a command printed, line by line and in order, without its secrets; for a support case. */
export function allPrinted(invoked: Invoked, how: HowPrinted): readonly string[] {
  const { output, said, aside, errors } = invoked;
  const cells = { ...how, hidesCells: how.hidesCells || hasSecretColumn(output, how) };
  const printed = output.slice(0, mostLines).flatMap((value): readonly Line[] => {
    if (typeof value === "string") return value.split(/\r\n|\r|\n/).map(asText);
    return value === null ? [] : [{ text: printedText(value, cells, longestObject), isWritten: true }];
  });
  const beside = [...said, ...aside].map(asText);
  const refused = errors.map(({ message, errorId }) => ({
    text: `error ${errorId}: ${cut(hideSecrets(message), longestObject)}`,
    isWritten: true,
  }));
  const lines = [...printed, ...beside, ...refused];
  const more =
    lines.length > mostLines || output.length > mostLines ? ["… (more was printed; it is not kept)"] : [];
  return [...withoutSecrets(lines.slice(0, mostLines)), ...more];
}

/** `isWritten`: by us, with its secrets left out already. */
type Line = { readonly text: string; readonly isWritten: boolean };

const asText = (text: string): Line => ({ text, isWritten: false });

function withoutSecrets(lines: readonly Line[]): readonly string[] {
  const hidden = hideSecretsInLines(lines.map(({ text, isWritten }) => (isWritten ? "" : text)));
  return lines.map(({ text, isWritten }, at) => (isWritten ? text : (hidden[at] ?? "")));
}
