import { z } from "zod";
import { request } from "./kit/operation.ts";
import { isoTime, oneTarget } from "./shapes.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** How an operation stands to the vendor's published list and to the level of its session. */
export const operationClasses = ["diagnostics", "repair", "aboveLevel", "plumbing", "notListed"] as const;

/** One operation (one CommandInvocation) in the outline. Line numbers count from 1. */
export const outlineEntryShape = z.strictObject({
  line: z.int().min(1),
  lastLine: z.int().min(1),
  name: z.string(),
  arguments: z.array(z.strictObject({ name: z.string(), value: z.string() })).readonly(),
  class: z.enum(operationClasses),
  destructive: z.boolean(),
  exports: z.boolean(),
  /** True when a TerminatingError stands in its output. */
  failed: z.boolean(),
});
export type OutlineEntry = z.infer<typeof outlineEntryShape>;

export const transcriptFactsShape = z.strictObject({
  transcriptId: z.string(),
  targetId: z.string(),
  sessionId: z.string(),
  endpoint: z.string(),
  readAt: isoTime,
  /**
   * The earlier copy whose text this one begins with, to the letter: what was read of it is still so. Null where there is
   * no earlier copy, and where the text was changed: nothing read of an earlier one belongs to it.
   */
  continues: z.string().nullable(),
  /** True when the text has no end block. */
  live: z.boolean(),
  lines: z.int(),
  characters: z.int(),
  sha256,
  /** The header of the text, in its order; the machine's own words and local time. */
  header: z.array(z.strictObject({ key: z.string(), value: z.string() })).readonly(),
  /** `Start time` is the device's local time without a zone; this is the offset from UTC when it can be told. */
  deviceOffsetMinutes: z.int().nullable(),
  /** The first entries of the outline, at most 20 000; `operations` counts all. */
  outline: z.array(outlineEntryShape).readonly(),
  operations: z.int(),
  warnings: z.array(z.string()).readonly(),
});
export type TranscriptFacts = z.infer<typeof transcriptFactsShape>;

const oneTranscript = z.strictObject({ transcriptId: z.string() });

export const transcripts = {
  /** Reads the transcript from the target (or the copy already read when it has ended) and takes it apart. */
  open: request({
    input: z.strictObject({ ...oneTarget.shape, sessionId: z.string().min(1).max(200) }),
    output: transcriptFactsShape,
  }),
  /** Lines `from` to `from + count - 1`, counted from 1. */
  page: request({
    input: z.strictObject({ ...oneTranscript.shape, from: z.int().min(1), count: z.int().min(1).max(5_000) }),
    output: z.strictObject({ from: z.int(), lines: z.array(z.string()).readonly() }),
  }),
  /** The text itself, to the letter with its own line ends: characters (UTF-16 units) `from` to `from + count - 1`, counted from 0. */
  text: request({
    input: z.strictObject({
      ...oneTranscript.shape,
      from: z.int().min(0),
      count: z.int().min(1).max(500_000),
    }),
    output: z.strictObject({ text: z.string() }),
  }),
  /** Lines that hold `text`, at most 10 000; `total` counts all. */
  find: request({
    input: z.strictObject({
      ...oneTranscript.shape,
      text: z.string().min(1).max(500),
      matchCase: z.boolean(),
    }),
    output: z.strictObject({ lines: z.array(z.int()).readonly(), total: z.int() }),
  }),
  close: request({ input: oneTranscript, output: z.null() }),
};
