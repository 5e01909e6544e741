import type {
  Failure,
  Grant,
  GrantProgress,
  GrantRequest,
  Question,
  Receipt,
  SentLine,
  Target,
} from "#contract";
import type { DoingNow } from "../doing.ts";
import type { FactLog } from "../factLog.ts";

/** What is known of an opening while it runs; each step writes down what it learnt. */
export type Opening = {
  readonly id: string;
  readonly request: GrantRequest;
  readonly target: Target;
  readonly account: string;
  readonly startedAt: string;
  readonly facts: FactLog;
  readonly doing: DoingNow;
  /** Shows the question to clients with the next fact, or takes it away. */
  readonly show: (question: Question | null) => void;
  /** How far it is; told with the next fact. */
  stage: GrantProgress["stage"];
  /** What left us, to the letter. Not empty from the moment the command may have left us. */
  readonly sent: SentLine[];
  askedAt: string;
  /** The endpoint that was asked last. */
  endpoint: string | null;
  /** Active grants before asking. */
  before: readonly Grant[];
  answer: Receipt["answer"];
  answeredBy: Receipt["answeredBy"];
  terms: Question | null;
  trouble: Failure | null;
};

type Given = Pick<
  Opening,
  "id" | "request" | "target" | "account" | "startedAt" | "facts" | "doing" | "show"
>;

/** An opening of which nothing has happened yet. */
export function newOpening(given: Given): Opening {
  return {
    ...given,
    stage: "before",
    sent: [],
    askedAt: given.startedAt,
    endpoint: null,
    before: [],
    answer: "notAsked",
    answeredBy: null,
    terms: null,
    trouble: null,
  };
}
