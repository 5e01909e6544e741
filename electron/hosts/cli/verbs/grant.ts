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
import { exitCode, exitCodeOfFailure, UsageError } from "../exitCodes.ts";
import type { CliIo } from "../io.ts";
import type { Options } from "../options.ts";
import { jsonLine } from "../print.ts";
import { signedInTarget } from "../target.ts";
import { grantQuestions } from "./grantQuestion.ts";
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
  const minutes = /^[1-9][0-9]{0,5}$/.test(text) ? Number(text) : Number.NaN;
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
  const stop = (): void => void console.grants.stop({ targetId: request.targetId }).catch(() => undefined);
  io.awaits?.("the grant");
  // Where the command is over already, a stop ends the waiting for what became of it.
  const interrupts = [io.signal, ...(io.hurried === undefined ? [] : [io.hurried])];
  for (const signal of interrupts) signal.addEventListener("abort", stop, { once: true });
  const agreedBefore = request.agreedTermsSha256 !== null;
  const questions = agreedBefore || !io.interactive ? null : grantQuestions(console, request.targetId, io);
  let told = 0;
  try {
    for await (const progress of console.grants.open(request)) {
      seen = { ...seen, progress };
      questions?.takeBack(progress.question);
      for (const fact of progress.facts.slice(told)) io.say(factLine(fact));
      told = progress.facts.length;
      questions?.put(progress.question);
      if (progress.question === null || progress.question.questionId === seen.question?.questionId) continue;
      seen = { ...seen, question: progress.question };
      if (agreedBefore || questions !== null) continue;
      seen = { ...seen, agreement: "impossible" };
      stop();
    }
  } finally {
    questions?.end();
    for (const signal of interrupts) signal.removeEventListener("abort", stop);
  }
  return seen;
}

const factLine = (fact: Fact): string => `${fact.at}  ${fact.endpoint ?? "-"}  ${fact.text}`;

function tell(target: Target, { progress, question, agreement }: Seen, json: boolean, io: CliIo): number {
  const outcome = progress?.outcome ?? null;
  if (json)
    io.out(
      jsonLine({
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
  io.out(question.text);
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
