import type { ConsoleClient, Question } from "#contract";
import { listenToPerson, type Person } from "../ask.ts";
import type { CliIo } from "../io.ts";
import { sentenceOf } from "../print.ts";

/** The questions of one opening, as they come and go. */
export type GrantQuestions = {
  /** What is asked now; null: nothing. What was asked before is taken back from the person. */
  follow(question: Question | null): void;
  /** The opening is over: nothing waits for the person any more. */
  end(): void;
};

type Shown = { readonly id: string; readonly withdrawal: AbortController };

/** Puts each question to the person at the terminal. Only a typed Yes or No answers; no answer at all stops the command. */
export function grantQuestions(console: ConsoleClient, targetId: string, io: CliIo): GrantQuestions {
  const person = listenToPerson(io);
  let shown: Shown | null = null;
  const follow = (question: Question | null): void => {
    if ((question?.questionId ?? null) === (shown?.id ?? null)) return;
    shown?.withdrawal.abort();
    shown = question === null ? null : { id: question.questionId, withdrawal: new AbortController() };
    if (question === null || shown === null) return;
    putToPerson({ console, targetId, person, io }, question, shown.withdrawal.signal).catch(
      // What became of the command is told by the reading back.
      (cause: unknown) => io.say(sentenceOf(cause)),
    );
  };
  return {
    follow,
    end: () => {
      follow(null);
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
  else if (answer === "none") await console.grants.stop({ targetId });
  else await console.consent.answer({ questionId: question.questionId, answer });
}

/** Where the text comes from, in words. */
function origin({ sentNoText, sameAsPublished }: Question): string {
  if (sentNoText) return "the endpoint sent no text; these are the published terms";
  return sameAsPublished ? "the published terms" : "NOT the published terms";
}
