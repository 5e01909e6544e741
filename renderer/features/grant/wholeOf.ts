type Asked = {
  readonly text: string;
  readonly message: string;
  readonly choices: readonly string[];
};

/** Text, message and choices as the one text that a hash is of: as the console puts a question together. */
export function wholeOf({ text, message, choices }: Asked): string {
  return [text, message, choices.map((choice) => `[${choice.trim()}]`).join(" ")]
    .map((part) => part.replaceAll(/\r\n?/g, "\n").trim())
    .filter((part) => part !== "")
    .join("\n\n");
}
