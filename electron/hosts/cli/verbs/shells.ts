import type { ConsoleClient, Failure, OpenShell, ShellsReading, Target } from "#contract";
import { exitCode, exitCodeOfFailure, UsageError } from "../exitCodes.ts";
import type { CliIo } from "../io.ts";
import { jsonLine } from "../print.ts";
import { signedInTarget } from "../target.ts";
import { choiceOf, chosenShells, type Choice } from "./shellChoice.ts";
import { shellLine } from "./shellLine.ts";
import type { Verb } from "./verb.ts";

type ShellFailure = {
  readonly endpoint: string;
  readonly shellId: string | null;
  readonly failure: Failure;
};
type Ended = { readonly ended: readonly string[]; readonly failures: readonly ShellFailure[] };

/** Lists the account's shells at each endpoint, and ends those that are named or were left behind. */
export const shells: Verb = {
  summary:
    "the account's shells at each endpoint: [--end ID (again for each) | --end-left] ends them, [--others-too] also those of other clients",
  options: ["end", "end-left", "others-too"],
  prepare: (options) => {
    const choice = choiceOf(options);
    return async (console, io) => {
      const target = await signedInTarget(console, options, io);
      const before = await read(console, target, io);
      if (choice === null) return tell(target, before, nothingEnded, options.json === true, io);
      const chosen = chosenShells(before.shells, choice);
      refuseUnseen(choice, chosen, before);
      const ended = await endAll(console, target, { chosen, choice }, io);
      return tell(target, await read(console, target, io), ended, options.json === true, io);
    };
  },
};

const nothingEnded: Ended = { ended: [], failures: [] };

const read = (console: ConsoleClient, { id }: Target, { signal }: CliIo): Promise<ShellsReading> =>
  console.targets.shells({ targetId: id }, { signal });

/** An id that no endpoint lists is a slip, or a shell that has ended: nothing is ended beside it. */
function refuseUnseen(choice: Choice, chosen: readonly OpenShell[], { failures }: ShellsReading): void {
  if (choice.kind === "left") return;
  const unseen = choice.shellIds.filter((id) => !chosen.some(({ shellId }) => shellId === id));
  if (unseen.length === 0) return;
  const unread = failures.map(({ failure }) => ` ${failure.sentence}`).join("");
  throw new UsageError(
    `No endpoint lists a shell ${unseen.join(", ")} of this account, so nothing was ended.${unread}`,
  );
}

async function endAll(
  console: ConsoleClient,
  { id: targetId }: Target,
  { chosen, choice }: { readonly chosen: readonly OpenShell[]; readonly choice: Choice },
  { signal }: CliIo,
): Promise<Ended> {
  const ended: string[] = [];
  const failures: ShellFailure[] = [];
  for (const endpointName of new Set(chosen.map(({ endpoint }) => endpoint))) {
    const shellIds = chosen.filter(({ endpoint }) => endpoint === endpointName).map(({ shellId }) => shellId);
    const request = { targetId, endpointName, shellIds, othersToo: choice.othersToo };
    const end = await console.targets.endShells(request, { signal });
    ended.push(...end.ended);
    failures.push(...end.failures.map((failed) => ({ endpoint: endpointName, ...failed })));
  }
  return { ended, failures };
}

/** What is there now, after what was ended. */
function tell(
  target: Target,
  { shells: there, failures: unread, readAt }: ShellsReading,
  { ended, failures: notEnded }: Ended,
  json: boolean,
  io: CliIo,
): number {
  const failures = [...notEnded, ...unread.map((failed) => ({ shellId: null, ...failed }))];
  if (json) io.out(jsonLine({ target: target.name, shells: there, ended, failures, readAt }));
  else {
    for (const shell of there) io.out(shellLine(shell));
    if (there.length === 0) io.out("No shell of this account is open where the list was had.");
    for (const shellId of ended) io.say(`Ended: ${shellId}`);
    for (const { failure } of failures) io.say(failure.sentence);
  }
  const [first] = failures;
  if (first !== undefined) return exitCodeOfFailure(first.failure.code);
  return there.some(({ shellId }) => ended.includes(shellId)) ? exitCode.notConfirmed : exitCode.done;
}
