import type { ConsoleClient, RevokeProgress } from "#contract";
import { exitCode } from "../exitCodes.ts";
import type { CliIo } from "../io.ts";
import { jsonLine } from "../print.ts";
import { signedInTarget } from "../target.ts";
import { operatorName } from "./operatorName.ts";
import type { Verb } from "./verb.ts";

/** Shuts the door and waits for the proof. */
export const revoke: Verb = {
  summary: "shut the door and prove it: [--reason TEXT]",
  options: ["reason", "operator"],
  prepare: (options) => async (console, io) => {
    const operator = await operatorName(console, options, io.signal);
    const target = await signedInTarget(console, options, io);
    const progress = await shutDoor(
      console,
      { targetId: target.id, operator, reason: options.reason ?? "" },
      io,
    );
    return tell(target.name, progress, options.json === true, io);
  },
};

type Shut = { readonly targetId: string; readonly operator: string; readonly reason: string };

/**
 * Follows the revoke to its end; an interrupt does not stop it, since a revoke goes on anyway. Who does not want to wait
 * leaves without the proof, and what is known by then is recorded.
 */
async function shutDoor(console: ConsoleClient, request: Shut, io: CliIo): Promise<RevokeProgress | null> {
  let progress: RevokeProgress | null = null;
  let told = 0;
  io.awaits?.("the revoke");
  try {
    for await (const next of console.grants.revoke(request, { signal: io.hurried })) {
      progress = next;
      for (const fact of next.facts.slice(told)) io.say(`${fact.at}  ${fact.endpoint ?? "-"}  ${fact.text}`);
      told = next.facts.length;
    }
  } catch (cause) {
    if (io.hurried?.aborted !== true) throw cause;
  }
  return progress;
}

function tell(target: string, progress: RevokeProgress | null, json: boolean, io: CliIo): number {
  const outcome = progress?.outcome ?? null;
  if (json) {
    io.out(
      jsonLine({
        target,
        outcome: outcome?.kind ?? "notConfirmed",
        milliseconds: outcome?.kind === "closed" ? outcome.milliseconds : null,
        because: outcome?.kind === "notConfirmed" ? outcome.because : null,
        addressesToBlock: outcome?.kind === "notConfirmed" ? outcome.addressesToBlock : [],
        readings: progress?.readings ?? [],
        receipt: outcome?.receipt ?? null,
        facts: progress?.facts ?? [],
      }),
    );
  } else if (outcome?.kind === "closed") {
    io.out(
      `Confirmed closed in ${(outcome.milliseconds / 1000).toFixed(1)} s. Receipt ${outcome.receipt.id}`,
    );
  } else {
    io.out(`NOT CONFIRMED: ${outcome?.because.sentence ?? "the revoke was left before its proof."}`);
    for (const address of outcome?.addressesToBlock ?? []) io.out(`block at the firewall: ${address}`);
  }
  return outcome?.kind === "closed" ? exitCode.done : exitCode.notConfirmed;
}
