import { ConsoleError, type Question } from "#contract";
import { questionOf } from "../consent/createQuestions.ts";
import { codeOf, failureOf, nextEndpointMayHelp } from "../failureOf.ts";
import { actAt, answerEntry, recorded } from "../ledger/recordAct.ts";
import type { AskPerson, EndpointQuestion, Runspace } from "../ports.ts";
import type { World } from "../world.ts";
import type { Opening } from "./opening.ts";

/**
 * Sends the command to the first endpoint that takes it and puts its question. The next endpoint is tried only while
 * nothing was sent: an enable is never sent twice blindly. Gives the error when nothing could be sent, else null; what
 * went wrong after sending stands in the opening.
 */
export async function askForGrant(world: World, opening: Opening, signal: AbortSignal): Promise<unknown> {
  const order = world.reach.order(opening.target);
  for (const [index, endpoint] of order.entries()) {
    opening.facts.add("connecting", endpoint.name, `Opening a conversation with ${endpoint.name}.`);
    try {
      await world.reach.one(opening.target, endpoint, signal, (runspace) =>
        enableOn(world, opening, runspace, signal),
      );
      return null;
    } catch (cause) {
      noteTrouble(opening, endpoint.name, cause, signal);
      if (opening.sent.length > 0) return null;
      const next = order[index + 1];
      if (signal.aborted || next === undefined || !nextEndpointMayHelp(cause)) return cause;
      opening.facts.add("retrying", next.name, `Nothing was sent yet; trying ${next.name}.`);
    }
  }
  return new ConsoleError("invalidInput", `${opening.target.name} has no endpoint. Add one, then try again.`);
}

async function enableOn(
  world: World,
  opening: Opening,
  runspace: Runspace,
  signal: AbortSignal,
): Promise<void> {
  const { facts, request } = opening;
  const name = runspace.address.name;
  const watcher = world.watcher(opening.target.id);
  opening.endpoint = name;
  const { grants, notUnderstood } = await runspace.readAccess({ includeExpired: false }, signal);
  if (notUnderstood.length > 0) facts.add("failed", name, unclearBefore(name, notUnderstood));
  opening.before = grants;
  signal.throwIfAborted();
  const onSent = (line: string): void => {
    const at = world.ports.clock.now().toISOString();
    opening.sent.push({ endpoint: name, at, line });
    opening.askedAt = at;
    opening.stage = "asked";
    watcher.nudge();
    facts.add("asked", name, line);
    world.bell.ring(opening.target.id);
  };
  const { level, minutes } = request;
  const end = await runspace.enable(
    { level, minutes },
    askOn(world, opening, name, signal),
    {
      onSent,
      onSaid: (line) => facts.add("said", name, line),
      onProgress: opening.doing.tellInto(facts, name),
    },
    signal,
  );
  if (end.answer === "notAsked") facts.add("accepted", name, `${name} put no question and took the command.`);
  else facts.add("accepted", name, `The command on ${name} came to its end without an error.`);
}

/** Said before the question comes: whoever answers it knows what cannot be confirmed here. */
const unclearBefore = (endpoint: string, texts: readonly string[]): string =>
  `${endpoint} printed what is not understood when its grants were read: “${texts.join(" | ").slice(0, 400)}”. What comes of a Yes cannot be confirmed here, nor can a revoke. The connection check shows all of it.`;

/** Puts the question to a person, or to the terms a person agreed to beforehand. Rejecting stops the command. */
function askOn(world: World, opening: Opening, endpoint: string, stopped: AbortSignal): AskPerson {
  return async (asked, signal) => {
    const either = AbortSignal.any([signal, stopped]);
    const question = questionOf(asked, endpoint, world.ports.chance);
    const agreed = opening.request.agreedTermsSha256;
    // Each question is answered anew: an earlier Yes is none to this one.
    opening.terms = question;
    opening.answer = "notAsked";
    opening.answeredBy = null;
    opening.stage = "question";
    // Shown before the fact is added: adding a fact is what publishes both.
    opening.show(asked.understood && agreed === null ? question : null);
    opening.facts.add("question", endpoint, questionWords(asked, question));
    if (!asked.understood) throw new ConsoleError("refused", `${endpoint} asked what is not answered here.`);
    try {
      if (agreed !== null) refuseOtherTerms(question, agreed);
      const answer = agreed === null ? await world.questions.put(question, either) : "yes";
      await writeAnswer(world, opening, question, answer);
      // A stop takes the question back at once: a Yes that comes while it still travels is no answer.
      either.throwIfAborted();
      opening.answer = answer;
      opening.answeredBy = agreed === null ? "person" : "terms";
      opening.stage = "answered";
      opening.show(null);
      opening.facts.add("answered", endpoint, answerWords(answer, agreed !== null));
      return answer;
    } finally {
      opening.show(null);
    }
  };
}

/** On disk before it goes out. A Yes that cannot be recorded is not given; a No does no harm. */
async function writeAnswer(
  world: World,
  opening: Opening,
  { endpoint, sha256, whole }: Question,
  answer: "yes" | "no",
): Promise<void> {
  const { id, target, request, sent } = opening;
  const by = request.agreedTermsSha256 === null ? "person" : "terms";
  const act = actAt(target, {
    id,
    act: "grant",
    operator: request.operator,
    command: sent.at(-1)?.line ?? null,
  });
  const given = { endpoint, answer, by, termsSha256: sha256, termsText: whole } as const;
  if (await recorded(world, answerEntry(act, given, world.ports.clock.now().toISOString()))) return;
  if (answer === "no")
    return opening.facts.add("failed", null, "The ledger cannot be written; the No goes out all the same.");
  throw new ConsoleError(
    "internal",
    `The ledger cannot be written, so the Yes was not sent to ${endpoint}. Make room on the disk or mend the file, then try again.`,
    { remedy: "retry" },
  );
}

function questionWords(asked: EndpointQuestion, { endpoint, sha256, sentNoText }: Question): string {
  if (!asked.understood)
    return `${endpoint} asked something that is not a question of Yes or No. Its words: "${`${asked.caption} ${asked.message}`.trim()}"`;
  if (sentNoText) return `${endpoint} put its question without a text; the published terms are shown.`;
  return `${endpoint} put its question (terms ${sha256}).`;
}

function refuseOtherTerms(question: Question, agreed: string): void {
  if (question.sentNoText)
    throw new ConsoleError(
      "invalidInput",
      `${question.endpoint} shows no terms, so nobody can have agreed to them beforehand. The command is stopped; answer its question at the screen.`,
    );
  if (question.sha256 === agreed) return;
  throw new ConsoleError(
    "invalidInput",
    `The terms ${question.endpoint} shows have the hash ${question.sha256}, not the agreed ${agreed}. The command is stopped; read the terms, then agree to their hash.`,
  );
}

const answerWords = (answer: "yes" | "no", byTerms: boolean): string =>
  byTerms
    ? "The terms are those that were agreed to beforehand: Yes."
    : `Answered ${answer === "yes" ? "Yes" : "No"} by a person.`;

function noteTrouble(opening: Opening, endpoint: string, cause: unknown, signal: AbortSignal): void {
  // A stop that may not have arrived stopped nothing for certain.
  const stopped = signal.aborted && codeOf(cause) !== "notConfirmed";
  const unanswered = opening.answer === "notAsked" && (stopped || opening.terms !== null);
  if (unanswered) opening.answer = "stopped";
  opening.trouble = stopped ? stoppedWords(opening) : failureOf(cause);
  const kind = stopped || unanswered ? "stopped" : "failed";
  opening.facts.add(kind, endpoint, opening.trouble.sentence);
}

const stoppedWords = (opening: Opening) =>
  ({
    code: "cancelled",
    sentence:
      opening.sent.length > 0
        ? `The command was stopped at ${opening.endpoint ?? opening.target.name}; the question was ${opening.answer === "stopped" ? "not answered" : "answered before"}.`
        : `The opening was stopped before anything was sent to ${opening.target.name}.`,
    remedy: "none",
  }) as const;
