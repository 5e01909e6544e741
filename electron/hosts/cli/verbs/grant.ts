import {
  type ConsoleClient,
  type Fact,
  type GrantOutcome,
  type GrantProgress,
  type GrantRequest,
  grantMinutes,
  grantRequestShape,
  type Question,
  type Target,
} from "#contract";
import { misfit } from "#rpc";
import { askYesOrNo } from "../ask.ts";
import { exitCode, exitCodeOfFailure, UsageError } from "../exitCodes.ts";
import type { CliIo } from "../io.ts";
import type { Options } from "../options.ts";
import { visible } from "../print.ts";
import { signedInTarget } from "../target.ts";
import { operatorName } from "./operatorName.ts";
import type { Verb } from "./verb.ts";

type Asked = Omit<GrantRequest, "targetId" | "operator">;

/** Opens the door. Without a person at the terminal only terms whose hash was agreed to beforehand are accepted. */
export const grant: Verb = {
  summary:
    "open the door: --level Diagnostics|DiagnosticsRepair --minutes N --reason TEXT [--case N] [--agree-terms-sha256 HASH]",
  options: ["level", "minutes", "reason", "case", "operator", "agree-terms-sha256"],
  prepare: (options) => {
    const asked = readAsked(options);
    return async (console, io) => {
      const operator = await operatorName(console, options, io.signal);
      const target = await signedInTarget(console, options, io);
      const seen = await openDoor(console, { ...asked, operator, targetId: target.id }, io);
      return tell(target, seen, options.json === true, io);
    };
  },
};

function readAsked(options: Options): Asked {
  const parsed = grantRequestShape.omit({ targetId: true, operator: true }).safeParse({
    level: options.level ?? "Diagnostics",
    minutes: readMinutes(options.minutes),
    reason: options.reason ?? "",
    caseNumber: options.case ?? "",
    agreedTermsSha256: options["agree-terms-sha256"]?.toLowerCase() ?? null,
  });
  if (parsed.success) return parsed.data;
  const { field, complaint } = misfit(parsed.error);
  throw new UsageError(`${fieldNames[field] ?? "The grant"} ${complaint}.`);
}

const fieldNames: Readonly<Record<string, string>> = {
  level: "--level",
  minutes: "--minutes",
  reason: "--reason (it goes into the receipt)",
  caseNumber: "--case",
  agreedTermsSha256: "--agree-terms-sha256",
};

/** Plain digits only: no blanks, no sign, no fraction, no digits of other scripts. */
function readMinutes(text: string | undefined): number {
  if (text === undefined) return grantMinutes.usual;
  const minutes = /^[0-9]{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (minutes >= grantMinutes.least && minutes <= grantMinutes.most) return minutes;
  throw new UsageError(
    `--minutes "${text}": give whole minutes from ${grantMinutes.least} to ${grantMinutes.most} (14 days).`,
  );
}

type Seen = {
  readonly progress: GrantProgress | null;
  readonly question: Question | null;
  readonly agreement: "asked" | "impossible";
};

async function openDoor(console: ConsoleClient, request: GrantRequest, io: CliIo): Promise<Seen> {
  let seen: Seen = { progress: null, question: null, agreement: "asked" };
  const leaving = new AbortController();
  const stop = (): void => void console.grants.stop({ targetId: request.targetId }).catch(() => undefined);
  // A command that is over cannot be stopped any more; nobody has to wait for minutes of reading back.
  const interrupt = (): void => (isReadBack(seen.progress) ? leaving.abort() : stop());
  io.signal.addEventListener("abort", interrupt, { once: true });
  let told = 0;
  try {
    for await (const progress of console.grants.open(request, { signal: leaving.signal })) {
      seen = { ...seen, progress };
      for (const fact of progress.facts.slice(told)) io.say(factLine(fact));
      told = progress.facts.length;
      if (progress.question === null || progress.question.questionId === seen.question?.questionId) continue;
      seen = { ...seen, question: progress.question };
      if (request.agreedTermsSha256 !== null) continue;
      seen = { ...seen, agreement: io.interactive ? "asked" : "impossible" };
      if (seen.agreement === "impossible") stop();
      else void putToPerson(console, request.targetId, progress.question, io);
    }
  } catch (cause) {
    if (!leaving.signal.aborted) throw cause;
  }
  io.signal.removeEventListener("abort", interrupt);
  return seen;
}

/** The command is over, or lost, and its effect is being read. */
const isReadBack = (progress: GrantProgress | null): boolean =>
  progress?.facts.some(({ kind }) => kind === "accepted" || kind === "retrying") ?? false;

/** Shows the endpoint's text whole and waits for Yes or No. No answer at all stops the command. */
async function putToPerson(
  console: ConsoleClient,
  targetId: string,
  question: Question,
  io: CliIo,
): Promise<void> {
  io.say(`\n${question.endpoint} asks:\n\n${question.text}\n${question.message}\n`);
  io.say(`SHA-256 of the text: ${question.sha256} (${origin(question)})`);
  const answer = await askYesOrNo(io, "Do you agree?");
  if (answer === null) await console.grants.stop({ targetId });
  else await console.consent.answer({ questionId: question.questionId, answer });
}

/** Where the text comes from, in words. */
function origin({ sentNoText, sameAsPublished }: Question): string {
  if (sentNoText) return "the endpoint sent no text; these are the published terms";
  return sameAsPublished ? "the published terms" : "NOT the published terms";
}

const factLine = (fact: Fact): string => `${fact.at}  ${fact.endpoint ?? "-"}  ${fact.text}`;

function tell(target: Target, { progress, question, agreement }: Seen, json: boolean, io: CliIo): number {
  const outcome = progress?.outcome ?? null;
  if (json)
    io.out(
      JSON.stringify({
        target: target.name,
        ...outcomeFields(outcome, question),
        facts: progress?.facts ?? [],
      }),
    );
  else if (question !== null && agreement === "impossible") tellTerms(question, io);
  if (outcome === null) {
    io.say("The opening ended without an outcome: read the grants before you rely on it.");
    return exitCode.notConfirmed;
  }
  if (!json) io.out(outcomeLine(outcome));
  return outcomeCode(outcome);
}

function outcomeFields(outcome: GrantOutcome | null, question: Question | null): object {
  return {
    outcome: outcome?.kind ?? "notKnown",
    grant: outcome?.kind === "granted" ? outcome.grant : null,
    because: outcome !== null && "because" in outcome ? outcome.because : null,
    receipt: outcome?.receipt ?? null,
    terms: question?.text ?? outcome?.receipt.termsText ?? null,
    termsSha256: question?.sha256 ?? outcome?.receipt.termsSha256 ?? null,
  };
}

function tellTerms(question: Question, io: CliIo): void {
  io.out(visible(question.text));
  io.out(`\nsha256 ${question.sha256}`);
  io.say(
    `Nobody can be asked here, so the command was stopped. Who agrees to the terms above runs it again with --agree-terms-sha256 ${question.sha256}`,
  );
}

function outcomeLine(outcome: GrantOutcome): string {
  switch (outcome.kind) {
    case "granted":
      return `Confirmed open (${outcome.grant.levelAsPrinted}), expires at ${outcome.grant.expiresAt ?? "a time the endpoint did not name"}. Receipt ${outcome.receipt.id}`;
    case "declined":
      return `Declined: nothing was granted. Receipt ${outcome.receipt.id}`;
    case "notGranted":
      return `Not granted: ${outcome.because.sentence} Receipt ${outcome.receipt.id}`;
    case "notKnown":
      return `NOT KNOWN whether the door is open: ${outcome.because.sentence} Receipt ${outcome.receipt.id}`;
    default:
      return outcome satisfies never;
  }
}

function outcomeCode(outcome: GrantOutcome): number {
  switch (outcome.kind) {
    case "granted":
      return exitCode.done;
    case "declined":
      return exitCode.refused;
    case "notGranted":
      // Terms other than the agreed ones are no mistake in the line: the endpoint was asked, and stopped.
      return outcome.because.code === "invalidInput"
        ? exitCode.refused
        : exitCodeOfFailure(outcome.because.code);
    case "notKnown":
      return exitCode.notConfirmed;
    default:
      return outcome satisfies never;
  }
}
