import {
  ConsoleError,
  type GrantOutcome,
  type GrantProgress,
  type GrantRequest,
  type Question,
  type Receipt,
} from "#contract";
import { createDoing } from "../doing.ts";
import { createFactLog } from "../factLog.ts";
import { intentEntry, outcomeEntry, recorded } from "../ledger/recordAct.ts";
import type { Latest } from "../streams/latest.ts";
import type { World } from "../world.ts";
import { askForGrant } from "./askForGrant.ts";
import { enableLine } from "./commandLines.ts";
import { judgeGrant, type Judgement, type OpeningEnds } from "./judgeGrant.ts";
import { newOpening, type Opening } from "./opening.ts";

/**
 * Opens the door: intent to the ledger, the command with its question, always a reading afterwards, and the outcome by
 * that reading alone. Gives the last progress. An aborted `stop` stops the command; the reading and the record follow
 * all the same.
 * @throws ConsoleError when the ledger cannot be written or no endpoint could be asked: nothing was sent.
 */
export async function openGrant(
  world: World,
  request: GrantRequest,
  progress: Latest<GrantProgress>,
  ends: OpeningEnds,
): Promise<void> {
  let question: Question | null = null;
  const publish = (outcome: GrantOutcome | null): void =>
    progress.put({ facts: opening.facts.all(), doing: opening.doing.now(), question, outcome });
  const onChange = (): void => publish(null);
  const target = world.registry.find(request.targetId);
  const markBefore = world.watcher(target.id).revokeMark();
  const opening = newOpening({
    id: world.ports.chance.uuid(),
    request,
    target,
    account: world.reach.credentialOf(target).account,
    command: enableLine(request.level, request.minutes),
    startedAt: world.ports.clock.now().toISOString(),
    facts: createFactLog(world.ports.clock, onChange),
    doing: createDoing(onChange),
    show: (next) => {
      question = next;
    },
  });
  await writeIntent(world, opening);
  const unsent = await askForGrant(world, opening, ends.stop);
  const judgement = await judgeGrant(world, opening, ends);
  const receipt = await writeOutcome(world, opening, judgement);
  if (unsent !== null && !ends.stop.aborted) throw unsent;
  const isGranted = judgement.decision.kind === "granted";
  if (isGranted) rememberChoice(world, request);
  const watcher = world.watcher(target.id);
  // A grant outdates a revoke from before it, never one that began since.
  if (isGranted && watcher.revokeMark() === markBefore) watcher.mark({ state: "none" });
  else watcher.nudge();
  publish(outcomeOf(opening, judgement, receipt));
}

async function writeIntent(world: World, opening: Opening): Promise<void> {
  const { id, command, request, target, startedAt } = opening;
  const act = { id, act: "grant", operator: request.operator, command } as const;
  if (await recorded(world, intentEntry(act, target, startedAt))) return;
  throw new ConsoleError(
    "internal",
    `The ledger cannot be written, so nothing was sent to ${target.name}. Make room on the disk or mend the file, then try again.`,
    { remedy: "retry" },
  );
}

async function writeOutcome(world: World, opening: Opening, judgement: Judgement): Promise<Receipt> {
  const receipt = receiptOf(world, opening, judgement);
  if (await recorded(world, outcomeEntry(receipt, opening.target))) return receipt;
  opening.facts.add(
    "failed",
    null,
    "The ledger could not be written: save this receipt, it is not in the ledger.",
  );
  return receiptOf(world, opening, judgement);
}

function receiptOf(world: World, opening: Opening, { decision, stateAfter }: Judgement): Receipt {
  const { request, target } = opening;
  return {
    id: opening.id,
    act: "grant",
    targetId: target.id,
    targetName: target.name,
    practice: target.practice,
    endpoint: opening.sent ? opening.endpoint : null,
    operator: request.operator,
    account: opening.account,
    reason: request.reason,
    caseNumber: request.caseNumber,
    level: request.level,
    minutes: request.minutes,
    command: opening.command,
    termsText: opening.terms?.text ?? null,
    termsSha256: opening.terms?.sha256 ?? null,
    answer: opening.answer,
    answeredBy: opening.answeredBy,
    startedAt: opening.startedAt,
    finishedAt: world.ports.clock.now().toISOString(),
    facts: opening.facts.all(),
    outcome: decision.kind,
    stateAfter,
  };
}

function outcomeOf(opening: Opening, { decision }: Judgement, receipt: Receipt): GrantOutcome {
  if (decision.kind !== "granted") return { ...decision, receipt };
  const { operator, reason, caseNumber } = opening.request;
  const record = { receiptId: opening.id, operator, reason, caseNumber };
  return { kind: "granted", grant: { ...decision.grant, record }, receipt };
}

/** The next grant starts from the operator's last choice. A settings file that cannot be written spoils no grant. */
function rememberChoice(world: World, { operator, level, minutes }: GrantRequest): void {
  try {
    world.registry.writePreferences({ ...world.registry.preferences(), operator, level, minutes });
  } catch (cause) {
    world.ports.log.write("warn", "preferences cannot be written", {}, cause);
  }
}
