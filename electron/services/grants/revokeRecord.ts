import type { Receipt } from "#contract";
import { actAt, intentEntry, recorded } from "../ledger/recordAct.ts";
import type { World } from "../world.ts";
import { disableLine } from "./commandLines.ts";
import type { RevokeDecision } from "./decideRevokeOutcome.ts";
import type { Revoking } from "./revoking.ts";

/** Begins to write the intent; the command goes out beside it. Resolves with whether it is on disk. */
export async function recordIntent(world: World, revoking: Revoking): Promise<boolean> {
  const { id, operator, reason, target, startedAt } = revoking;
  const act = actAt(target, { id, act: "revoke", operator, command: disableLine });
  const request = {
    level: null,
    minutes: null,
    reason,
    caseNumber: "",
    account: target.account,
    practice: target.practice,
    agreedTermsSha256: null,
  };
  const isWritten = await recorded(
    world,
    intentEntry(act, request, world.ports.ledger.process.own, startedAt),
  );
  if (!isWritten)
    revoking.facts.add("failed", null, "The ledger cannot be written; the revoke goes ahead without it.");
  return isWritten;
}

/** The proof of a revoke, or of how far it came. */
export function revokeReceipt(world: World, revoking: Revoking, decision: RevokeDecision): Receipt {
  const { target, sent } = revoking;
  return {
    id: revoking.id,
    act: "revoke",
    targetId: target.id,
    targetName: target.name,
    practice: target.practice,
    endpoint: revoking.endpoint,
    operator: revoking.operator,
    account: target.account,
    reason: revoking.reason,
    caseNumber: "",
    level: null,
    minutes: null,
    command: sent[0]?.line ?? null,
    sent: [...sent],
    termsText: null,
    termsSha256: null,
    answer: "notAsked",
    answeredBy: null,
    startedAt: revoking.startedAt,
    finishedAt: world.ports.clock.now().toISOString(),
    facts: revoking.facts.all(),
    outcome: decision.kind,
    stateAfter: decision.kind === "closed" ? closedWords(world, revoking) : decision.because.sentence,
    grant: null,
    readings: [...revoking.readings],
  };
}

function closedWords(world: World, { target, readings }: Revoking): string {
  const read = readings.filter(({ failure }) => failure === null).map(({ endpoint }) => endpoint);
  const silent = readings.filter(({ failure }) => failure !== null);
  const proof = `${read.join(", ")}: no active grant and no running session.`;
  if (silent.length === 0) return proof;
  const scope = world.registry.known(target.id)?.scope ?? null;
  const why =
    scope === null
      ? ""
      : ` The endpoints share their grants (${scope.by === "observed" ? "observed" : "by the operator's word"}, ${scope.at}).`;
  const words = silent.map(({ endpoint, failure }) => `${endpoint} was not read: ${failure?.sentence ?? ""}`);
  return `${proof} ${words.join(" ")}${why}`;
}
