import type { Doing } from "#contract";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import type { ClientCommand } from "../../protocol/psrp/clientCommand.ts";
import type { ErrorRecord } from "../../protocol/psrp/errorRecord.ts";
import type { AskPerson } from "../../services/ports.ts";

export type CommandOptions = {
  /** Aborting stops the pipeline and then rejects with the reason. */
  readonly signal: AbortSignal;
  /** True when the command may change something: it is never sent twice. */
  readonly changes: boolean;
  /** Who may be asked; without it every question stops the command. */
  readonly ask?: AskPerson;
  readonly onSaid?: (line: string) => void;
  /** Told of each command as it was written, when it has left us; once, however often it has to be sent. */
  readonly onSent?: (command: ClientCommand) => void;
  /** Told of each output item when it comes, beside its being collected. */
  readonly onValue?: (value: ClixmlValue) => void;
  /** Told what the command says it is doing, whenever that changes; null when it is done with it. */
  readonly onProgress?: (doing: Doing | null) => void;
  /** Gets each output item as it comes; nothing is collected then, and memory stays bounded whatever the size. */
  readonly onOutput?: (value: ClixmlValue) => void;
};

/** Something may be granted in it: then nothing is ever answered by an error, which can grant (protocol 6.10). */
export const mayGrant = ({ changes, ask }: Pick<CommandOptions, "changes" | "ask">): boolean =>
  changes || ask !== undefined;

export type Invoked = {
  readonly end: "completed" | "failed";
  readonly output: readonly ClixmlValue[];
  /** ERROR_RECORDs, which do not end a command, and last the reason of a failed one. */
  readonly errors: readonly ErrorRecord[];
  readonly said: readonly string[];
  /** Verbose and debug lines: no words for a person, and yet something that was printed. */
  readonly aside: readonly string[];
  readonly answer: "yes" | "no" | "notAsked";
};
