import {
  ConsoleError,
  type Grant,
  type GrantOutcome,
  type GrantProgress,
  type GrantRequest,
  type Question,
  type Receipt,
} from "#contract";
import { createDoing } from "../doing.ts";
import { createFactLog } from "../factLog.ts";
import { actAt, intentEntry, outcomeEntry, recorded } from "../ledger/recordAct.ts";
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
  const opening = beginOpening(world, request, progress);
  const { target } = opening;
  const letGo = world.registry.holdFor(target);
  const watcher = world.watcher(target.id);
  const markBefore = watcher.revokeMark();
  ends.stop.addEventListener("abort", () => noteLateStop(opening), { once: true });
  try {
    await writeIntent(world, opening);
    const unsent = await askForGrant(world, opening, ends.stop);
    opening.stage = opening.sent.length > 0 ? "reading" : "over";
    const judgement = await judgeGrant(world, opening, ends);
    const receipt = await writeOutcome(world, opening, judgement);
    if (unsent !== null && !ends.stop.aborted) throw unsent;
    const isGranted = judgement.decision.kind === "granted";
    if (isGranted) rememberChoice(world, request);
    opening.stage = "over";
    progress.put({ ...shownOf(opening), question: null, outcome: outcomeOf(judgement, receipt) });
    // A grant outdates a revoke from before it, never one that began since.
    if (isGranted && watcher.revokeMark() === markBefore) watcher.mark({ state: "none" });
    else watcher.refresh();
  } finally {
    opening.stage = "over";
    letGo();
  }
}

function beginOpening(world: World, request: GrantRequest, progress: Latest<GrantProgress>): Opening {
  let question: Question | null = null;
  const onChange = (): void => {
    progress.put({ ...shownOf(opening), question, outcome: null });
    world.actsBell.ring(null);
  };
  const target = world.registry.find(request.targetId);
  const opening = newOpening({
    id: world.ports.chance.uuid(),
    request,
    target,
    account: world.reach.credentialOf(target).account,
    startedAt: world.ports.clock.now().toISOString(),
    facts: createFactLog(world.ports.clock, onChange),
    doing: createDoing(onChange),
    show: (next) => {
      question = next;
    },
  });
  return opening;
}

const shownOf = ({ startedAt, stage, facts, doing }: Opening) => ({
  startedAt,
  stage,
  facts: facts.all(),
  doing: doing.now(),
});

/** No stop takes an answer back; that it was tried is a fact. */
function noteLateStop({ stage, answer, facts, endpoint }: Opening): void {
  if (stage !== "answered" && stage !== "reading") return;
  const given = answer === "no" ? "No" : "Yes";
  facts.add(
    "stopped",
    endpoint,
    answer === "notAsked"
      ? "The stop came when the command was over already: what it did is read back."
      : `The stop came too late: the answer ${given} was out. What came of it is read back.`,
  );
}

async function writeIntent(world: World, opening: Opening): Promise<void> {
  const { id, request, target, account, startedAt } = opening;
  const { level, minutes, reason, caseNumber, agreedTermsSha256 } = request;
  const command = enableLine(level, minutes);
  const act = actAt(target, { id, act: "grant", operator: request.operator, command });
  const asked = { level, minutes, reason, caseNumber, account, practice: target.practice, agreedTermsSha256 };
  if (await recorded(world, intentEntry(act, asked, world.ports.ledger.process.own, startedAt))) return;
  throw new ConsoleError(
    "internal",
    `The ledger cannot be written, so nothing was sent to ${target.name}. Make room on the disk or mend the file, then try again.`,
    { remedy: "retry" },
  );
}

async function writeOutcome(world: World, opening: Opening, judgement: Judgement): Promise<Receipt> {
  const receipt = receiptOf(world, opening, judgement);
  if (await recorded(world, outcomeEntry(receipt))) return receipt;
  opening.facts.add(
    "failed",
    null,
    "The ledger could not be written: save this receipt, it is not in the ledger.",
  );
  return receiptOf(world, opening, judgement);
}

function receiptOf(world: World, opening: Opening, { decision, stateAfter }: Judgement): Receipt {
  const { request, target, sent } = opening;
  return {
    id: opening.id,
    act: "grant",
    targetId: target.id,
    targetName: target.name,
    practice: target.practice,
    endpoint: sent.at(-1)?.endpoint ?? null,
    operator: request.operator,
    account: opening.account,
    reason: request.reason,
    caseNumber: request.caseNumber,
    level: request.level,
    minutes: request.minutes,
    command: sent[0]?.line ?? null,
    sent: [...sent],
    termsText: opening.terms?.whole ?? null,
    termsSha256: opening.terms?.sha256 ?? null,
    answer: opening.answer,
    answeredBy: opening.answeredBy,
    startedAt: opening.startedAt,
    finishedAt: world.ports.clock.now().toISOString(),
    readings: [...(world.watcher(target.id).reading()?.endpoints ?? [])],
    facts: opening.facts.all(),
    outcome: decision.kind,
    stateAfter,
    grant: decision.kind === "granted" ? identityOf(decision.grant) : null,
  };
}

/** By these a grant is found again. */
export const identityOf = ({ key, levelAsPrinted, createdAt, updatedAt, expiresAt }: Grant) => ({
  key,
  levelAsPrinted,
  createdAt,
  updatedAt,
  expiresAt,
});

function outcomeOf({ decision }: Judgement, receipt: Receipt): GrantOutcome {
  if (decision.kind !== "granted") return { ...decision, receipt };
  const { id: receiptId, operator, reason, caseNumber } = receipt;
  return {
    kind: "granted",
    grant: { ...decision.grant, record: { receiptId, operator, reason, caseNumber } },
    receipt,
  };
}

/** The next grant starts from the operator's last choice. A settings file that cannot be written spoils no grant. */
function rememberChoice(world: World, { operator, level, minutes }: GrantRequest): void {
  try {
    world.registry.writePreferences({ ...world.registry.preferences(), operator, level, minutes });
  } catch (cause) {
    world.ports.log.write("warn", "preferences cannot be written", {}, cause);
  }
}
