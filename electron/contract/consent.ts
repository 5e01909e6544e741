import { z } from "zod";
import { request } from "./kit/operation.ts";
import { levelShape, oneTarget } from "./shapes.ts";

/** The terms a product publishes, to the letter. */
export const termsShape = z.strictObject({
  product: z.string(),
  source: z.string(),
  text: z.string(),
  /** The question that is put with the text, and its choices. */
  message: z.string(),
  choices: z.array(z.string()).readonly(),
  /** Of text, message and choices as one text. */
  sha256: z.string(),
});
export type Terms = z.infer<typeof termsShape>;

/** One cmdlet on the vendor's published list of what an engineer may run. */
export const operationShape = z.strictObject({
  name: z.string(),
  level: levelShape,
  note: z.string(),
  destructive: z.boolean(),
  exports: z.boolean(),
});
export type SupportOperation = z.infer<typeof operationShape>;

/**
 * The question an endpoint put. `text` is the endpoint's own, untrusted and unedited. `sameAsPublished` compares
 * the words of text, message and choices (white space apart) with the published ones; `sha256` covers all three.
 */
export const questionShape = z.strictObject({
  questionId: z.string(),
  endpoint: z.string(),
  text: z.string(),
  /** True when the endpoint sent no text: `text` is then the one the product publishes, and is shown as such. */
  sentNoText: z.boolean(),
  message: z.string(),
  choices: z.array(z.string()).readonly(),
  /** Text, message and choices as the one text that is hashed and recorded. */
  whole: z.string(),
  sha256: z.string(),
  sameAsPublished: z.boolean(),
});
export type Question = z.infer<typeof questionShape>;

export const consent = {
  terms: request({ input: oneTarget, output: termsShape }),
  operations: request({ input: z.strictObject({}), output: z.array(operationShape).readonly() }),
  /** A person's answer to the question of a grant that is being opened. There is no answer but these two. */
  answer: request({
    input: z.strictObject({ questionId: z.string(), answer: z.enum(["yes", "no"]) }),
    output: z.null(),
    urgent: true,
  }),
};
