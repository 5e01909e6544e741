/** The endpoint asked something that nobody here answers; its command was stopped. */
export class UnexpectedQuestion extends Error {
  override readonly name = "UnexpectedQuestion";
}

/** An endpoint that never stops asking. */
export class TooManyQuestions extends Error {
  override readonly name = "TooManyQuestions";
  readonly most: number;

  constructor(most: number) {
    super("too many questions");
    this.most = most;
  }
}
