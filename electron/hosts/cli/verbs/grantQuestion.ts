import type { ConsoleClient, Question } from "#contract";
import { listenToPerson, type Person } from "../ask.ts";
import type { CliIo } from "../io.ts";
import { sentenceOf } from "../print.ts";

/** The questions of one opening, as they come and go. */
export type GrantQuestions = {
  /** Takes back what was asked before from the person, unless it is what is asked now; null: nothing is. */
  takeBack(now: Question | null): void;
  /** Puts what is asked now to the person, once. */
  put(now: Question | null): void;
  /** The opening is over: nothing waits for the person any more. */
  end(): void;
};

type Shown = { readonly id: string; readonly withdrawal: AbortController };

/** Puts each question to the person at the terminal. Only a typed Yes or No answers; no answer at all stops the command. */
export function grantQuestions(console: ConsoleClient, targetId: string, io: CliIo): GrantQuestions {
  const person = listenToPerson(io);
  let shown: Shown | null = null;
  const takeBack = (now: Question | null): void => {
    if (now?.questionId === shown?.id) return;
    shown?.withdrawal.abort();
    shown = null;
  };
  const put = (now: Question | null): void => {
    if (now === null || now.questionId === shown?.id) return;
    takeBack(now);
    shown = { id: now.questionId, withdrawal: new AbortController() };
    putToPerson({ console, targetId, person, io }, now, shown.withdrawal.signal).catch(
      // What became of the command is told by the reading back.
      (cause: unknown) => io.say(sentenceOf(cause)),
    );
  };
  return {
    takeBack,
    put,
    end: () => {
      takeBack(null);
      person.leave();
    },
  };
}

type Asking = {
  readonly console: ConsoleClient;
  readonly targetId: string;
  readonly person: Person;
  readonly io: CliIo;
};

/** Shows the endpoint's text whole and waits for Yes or No. */
async function putToPerson(
  { console, targetId, person, io }: Asking,
  question: Question,
  withdrawn: AbortSignal,
): Promise<void> {
  io.say(`\n${question.endpoint} asks:\n\n${question.text}\n${question.message}\n`);
  io.say(`SHA-256 of the text: ${question.sha256} (${origin(question)})`);
  const answer = await person.askYesOrNo("Do you agree?", withdrawn);
  if (answer === "withdrawn") io.say("The question was taken back before it was answered.");
  else if (answer === "none") {
    // An interrupt has stopped the command already; a second stop would end the reading back.
    if (!io.signal.aborted) await console.grants.stop({ targetId });
  } else await console.consent.answer({ questionId: question.questionId, answer });
}

/** Where the text comes from, in words. */
function origin({ sentNoText, sameAsPublished }: Question): string {
  if (sentNoText) return "the endpoint sent no text; these are the published terms";
  return sameAsPublished ? "the published terms" : "NOT the published terms";
}
