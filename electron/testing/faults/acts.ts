import { ConsoleError } from "#contract";
import type { ConsoleClient, GrantProgress, Grant, Receipt, RevokeProgress } from "#contract";
import { aGrantRequest, openDoor, shutDoor } from "../journeys/steps.ts";
import type { Stage } from "./stage.ts";

/**
 * The four acts of an operator; the two ways of not agreeing, after which no grant may exist; and a list whose grants
 * come one by one, each in an answer of its own, so that one may be missing.
 */
export const actNames = ["list", "grant", "transcript", "revoke", "decline", "stop", "slowList"] as const;
export type ActName = (typeof actNames)[number];

/** What the operator was told. */
export type Told =
  | { readonly kind: "grants"; readonly grants: readonly Grant[] }
  | { readonly kind: "transcript"; readonly text: string }
  | {
      readonly kind: "outcome";
      readonly outcome: NonNullable<(GrantProgress | RevokeProgress)["outcome"]>;
    }
  | { readonly kind: "error"; readonly error: ConsoleError }
  /** Something else was thrown than what the contract knows. */
  | { readonly kind: "undeclared"; readonly error: unknown };

/** Whether the question reached a person, and what was answered to it. */
export type Answered = "never" | "yes" | "no" | "stopped";
export type Done = { readonly told: Told; readonly answered: Answered };

/** Does the act up to its end, as a person at the console would. Never throws. */
export async function doAct(act: ActName, stage: Stage): Promise<Done> {
  let answered: Answered = "never";
  const note = (answer: Answered): void => {
    answered = answer;
  };
  try {
    return { told: await toldBy(act, stage, note), answered };
  } catch (error) {
    const told: Told =
      error instanceof ConsoleError ? { kind: "error", error } : { kind: "undeclared", error };
    return { told, answered };
  }
}

async function toldBy(act: ActName, stage: Stage, note: (answer: Answered) => void): Promise<Told> {
  const { client, target } = stage;
  switch (act) {
    case "list":
    case "slowList":
      return { kind: "grants", grants: (await client.grants.list({ targetId: target.id })).grants };
    case "transcript":
      return { kind: "transcript", text: await textOf(client, target.id, pastSession(stage)) };
    case "grant":
      return outcomeOf(await open(stage, "yes", note));
    case "decline":
      return outcomeOf(await open(stage, "no", note));
    case "stop":
      return outcomeOf(await open(stage, "stopped", note));
    case "revoke":
      return outcomeOf(await shutDoor(client, target));
    default:
      return act satisfies never;
  }
}

/** Answers the question, or stops the opening where it stands. */
async function open(
  { client, target }: Stage,
  answer: "yes" | "no" | "stopped",
  note: (answer: Answered) => void,
): Promise<GrantProgress> {
  return await openDoor(client, aGrantRequest(target.id), async ({ questionId }) => {
    note(answer);
    const said =
      answer === "stopped"
        ? client.grants.stop({ targetId: target.id })
        : client.consent.answer({ questionId, answer });
    // The question may be gone before the answer is there; then nobody has answered it.
    await said.catch(() => note("never"));
  });
}

function outcomeOf({ outcome }: GrantProgress | RevokeProgress): Told {
  if (outcome === null) throw new Error("it ended without an outcome");
  return { kind: "outcome", outcome };
}

/** The session that is over. */
export const pastSession = ({ model }: Stage): string => model.state().sessions[0]?.id ?? "";

async function textOf(client: ConsoleClient, targetId: string, sessionId: string): Promise<string> {
  const { transcriptId } = await client.transcripts.open({ targetId, sessionId });
  return (await client.transcripts.text({ transcriptId, from: 0, count: 500_000 })).text;
}

/** The receipt of what was told; null where there is none. */
export const receiptOf = (told: Told): Receipt | null =>
  told.kind === "outcome" ? told.outcome.receipt : null;
