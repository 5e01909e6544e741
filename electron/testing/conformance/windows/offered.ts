import { readClixml } from "../../../protocol/clixml/read.ts";
import { describeCommands } from "../../../protocol/psrp/clientCommand.ts";
import type { ClientCommand } from "../../../protocol/psrp/clientCommand.ts";
import { readPipeline } from "../../../protocol/psrp/createPipeline.ts";
import { messageTypes } from "../../../protocol/psrp/messageTypes.ts";
import type { PipelineDescription } from "../../../protocol/psrp/pipelineDescription.ts";
import { counted } from "../outcome.ts";
import type { PlainMessage } from "../plain/plainMessages.ts";

/** How many of these messages begin a pipeline that our client does not offer. */
export const notOfferedAmong = (messages: readonly PlainMessage[]): number =>
  messages
    .filter(({ type }) => type === messageTypes.createPipeline)
    .filter(({ text }) => asOfferedCommands(readPipeline(readClixml(text))) === null).length;

/** What is said of them. */
export const notOfferedRemark = (count: number): readonly string[] =>
  count === 0 ? [] : [counted(count, "scripts or merges: replayed at the message layer")];

/** The commands as our client takes them, or null for what it does not offer: scripts, several statements, merges. */
export function asOfferedCommands(description: PipelineDescription): readonly ClientCommand[] | null {
  const [first = [], ...more] = description.statements;
  const commands = first.map((command): ClientCommand | null => {
    const parameters = command.arguments.flatMap(({ name, value }) =>
      name === null ? [] : [{ name, value }],
    );
    const merges = Object.values(command.merges).some((number) => number !== 0);
    const all = parameters.length === command.arguments.length;
    return command.isScript || merges || !all ? null : { name: command.text, parameters };
  });
  const offered = commands.filter((command) => command !== null);
  if (more.length > 0 || offered.length !== commands.length) return null;
  const ours = describeCommands(offered, !description.noInput);
  const sameScopes = first.every(({ useLocalScope }) => useLocalScope === null);
  const plain = ours.addToHistory === description.addToHistory && !description.isNested && sameScopes;
  return plain ? offered : null;
}
