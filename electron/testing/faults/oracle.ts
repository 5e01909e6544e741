import type { Grant, LedgerEntry } from "#contract";
import { transcriptText } from "../../drill/model/transcript.ts";
import type { StampGrant } from "../../drill/model/stampState.ts";
import { aGrantRequest } from "../journeys/steps.ts";
import { type ActName, type Done, pastSession, receiptOf, type Told } from "./acts.ts";
import { type Stage, stageSwitches } from "./stage.ts";

/** How an act ended: done, refused (nothing happened), or not known (a reading must tell). */
export type Ended = "done" | "refused" | "notKnown";

export function endedOf(told: Told): Ended {
  if (told.kind === "grants" || told.kind === "transcript") return "done";
  if (told.kind === "error") return told.error.code === "notConfirmed" ? "notKnown" : "refused";
  if (told.kind === "undeclared") return "notKnown";
  const { kind } = told.outcome;
  if (kind === "granted" || kind === "closed" || kind === "declined") return "done";
  return kind === "notGranted" ? "refused" : "notKnown";
}

/** The code or outcome that the operator saw. */
export function seenOf(told: Told): string {
  if (told.kind === "error") return told.error.code;
  return told.kind === "outcome" ? told.outcome.kind : told.kind;
}

/** What was so before the act. */
export type Before = { readonly grantIds: ReadonlySet<string> };

export const beforeOf = ({ model }: Stage): Before => ({
  grantIds: new Set(model.state().grants.map(({ id }) => id)),
});

/**
 * What contradicts the stamp's own model, of all that was told: in words, empty when all is true. Called when the act
 * is over, and once more when everything late has arrived.
 */
export function contradictions(act: ActName, stage: Stage, before: Before, done: Done): readonly string[] {
  return [
    ...mistakesOf(stage, done),
    ...againstModel(act, stage, done),
    ...againstConsent(act, stage, before, done),
    ...againstCommands(act, stage, done),
  ];
}

function mistakesOf({ mistakes }: Stage, { told }: Done): readonly string[] {
  if (told.kind === "undeclared") return [`threw ${String(told.error)}`];
  if (told.kind === "error" && told.error.code === "internal") return ["a mistake of the console's own"];
  return mistakes;
}

/** Acts that ask for a grant. */
export const opens = (act: ActName): boolean => act === "grant" || act === "decline" || act === "stop";

const openGrants = ({ model }: Stage): readonly StampGrant[] =>
  model.state().grants.filter(({ ended }) => ended === null);

/** The outcome against what is so. */
function againstModel(act: ActName, stage: Stage, { told }: Done): readonly string[] {
  const open = openGrants(stage);
  switch (told.kind) {
    case "grants":
      return grantsAgainst(stage, told.grants);
    case "transcript":
      return told.text === transcriptInModel(stage) ? [] : ["another text was read"];
    case "outcome":
      return outcomeAgainst(told.outcome, stage, open);
    case "error":
      return opens(act) && open.length > 0 ? [`${told.error.code}, but a grant is open`] : [];
    case "undeclared":
      return [];
    default:
      return told satisfies never;
  }
}

function outcomeAgainst(
  outcome: (Told & { readonly kind: "outcome" })["outcome"],
  { model }: Stage,
  open: readonly StampGrant[],
): readonly string[] {
  switch (outcome.kind) {
    case "granted":
      return open.length === 1 && open[0] !== undefined && sameGrant(outcome.grant, open[0])
        ? []
        : [`granted, but ${open.length} grants are open, or another one`];
    case "declined":
    case "notGranted":
      return open.length === 0 ? [] : [`${outcome.kind}, but a grant is open`];
    case "closed": {
      const inside = model.state().sessions.filter(({ ended }) => ended === null).length;
      return open.length + inside === 0
        ? []
        : [`closed, but ${open.length} grants and ${inside} sessions are open`];
    }
    case "notKnown":
    case "notConfirmed":
      return [];
    default:
      return outcome satisfies never;
  }
}

/** A list against all grants that the stamp still lists. */
export function grantsAgainst({ model }: Stage, told: readonly Grant[]): readonly string[] {
  const { grants } = model.state();
  const all =
    told.length === grants.length && grants.every((grant) => told.some((one) => sameGrant(one, grant)));
  return all ? [] : [`${told.length} grants were read, not the ${grants.length} that there are`];
}

const iso = (at: number): string => new Date(at).toISOString();

const sameGrant = (told: Grant, { level, createdAt, expiresAt, ended }: StampGrant): boolean =>
  told.level === level &&
  told.active === (ended === null) &&
  told.createdAt === iso(createdAt) &&
  told.expiresAt === iso(ended?.at ?? expiresAt);

function transcriptInModel(stage: Stage): string | null {
  const { sessions, asOf } = stage.model.state();
  const session = sessions.find(({ id }) => id === pastSession(stage));
  return session === undefined ? null : transcriptText(session, asOf, stageSwitches);
}

/** A grant exists only where a person agreed, once, and as it was asked for. */
function againstConsent(
  act: ActName,
  { model }: Stage,
  before: Before,
  { answered }: Done,
): readonly string[] {
  const made = model.state().grants.filter(({ id }) => !before.grantIds.has(id));
  const asked = aGrantRequest("");
  const wrong: string[] = [];
  if (made.length > 1) wrong.push(`${made.length} grants were made`);
  if (made.length > 0 && answered !== "yes") wrong.push(`a grant was made, but it was answered: ${answered}`);
  for (const { level, createdAt, expiresAt } of made)
    if (act !== "grant" || level !== asked.level || expiresAt - createdAt !== asked.minutes * 60_000)
      wrong.push("another grant was made than was asked for");
  return wrong;
}

/** What changes something runs once at most, and not at all in an act that has nothing to do with it. */
function againstCommands(act: ActName, { endpoint }: Stage, { told }: Done): readonly string[] {
  const ran = (name: string): number => endpoint.commandsRun.filter((one) => one === name).length;
  const enables = ran("Enable-RemoteSupport");
  const disables = ran("Disable-RemoteSupport");
  const wrong: string[] = [];
  if (enables > (opens(act) ? 1 : 0)) wrong.push(`Enable-RemoteSupport ran ${enables} times`);
  if (act !== "revoke" && disables > 0) wrong.push("Disable-RemoteSupport ran");
  if (told.kind === "error" && opens(act) && enables > 0)
    wrong.push(`${told.error.code} says that nothing was sent, but Enable-RemoteSupport ran`);
  return wrong;
}

/** The ledger against what was told: intent, answer, one outcome, and the very receipt that the operator got. */
export async function againstLedger(act: ActName, stage: Stage, done: Done): Promise<readonly string[]> {
  const { entries, chain, withoutOutcome } = await stage.client.ledger.list({});
  const changes = opens(act) || act === "revoke";
  const wrong: string[] = [];
  if (chain.state !== "whole") wrong.push("the ledger's chain is broken");
  if (withoutOutcome.length > 0) wrong.push("an intent has no outcome");
  const count = (wanted: LedgerEntry["phase"]): number =>
    entries.filter(({ phase }) => phase === wanted).length;
  if (entries.length > 0 && !changes) wrong.push(`${entries.length} entries in the ledger`);
  if (changes && (count("intent") !== 1 || count("outcome") !== 1))
    wrong.push(`${count("intent")} intents and ${count("outcome")} outcomes in the ledger`);
  const outcome = entries.find(({ phase }) => phase === "outcome")?.receipt ?? null;
  const isAnswered = outcome?.answer === "yes" || outcome?.answer === "no";
  if (isAnswered && count("answer") !== 1) wrong.push("an answer is not in the ledger by itself");
  return changes ? [...wrong, ...receiptAgainst(outcome, done)] : wrong;
}

function receiptAgainst(receipt: LedgerEntry["receipt"], { told, answered }: Done): readonly string[] {
  if (receipt === null) return ["no receipt in the ledger"];
  const given = receiptOf(told);
  const wrong: string[] = [];
  if (given !== null && JSON.stringify(given) !== JSON.stringify(receipt))
    wrong.push("the ledger has another receipt than the operator");
  if (told.kind === "outcome" && told.outcome.kind !== receipt.outcome)
    wrong.push(`told ${told.outcome.kind}, recorded ${receipt.outcome}`);
  if (told.kind === "error" && receipt.outcome !== "notGranted")
    wrong.push(`failed with ${told.error.code}, recorded ${receipt.outcome}`);
  if (receipt.answer === "yes" && (answered !== "yes" || receipt.answeredBy !== "person"))
    wrong.push(`the receipt says that a person agreed; it was answered: ${answered}`);
  if (receipt.outcome === "granted" && (receipt.answer !== "yes" || receipt.termsSha256 === null))
    wrong.push("granted, but the receipt names no consent");
  if (receipt.outcome === "declined" && answered !== "no") wrong.push("declined, but nobody said No");
  return wrong;
}
