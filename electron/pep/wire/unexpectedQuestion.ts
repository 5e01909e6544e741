/** The endpoint asked something that nobody here answers; its command was stopped. */
export class UnexpectedQuestion extends Error {
  override readonly name = "UnexpectedQuestion";
}
