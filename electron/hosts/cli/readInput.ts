import { z } from "zod";
import type { Operation } from "#contract";
import { misfit } from "#rpc";
import { UsageError } from "./exitCodes.ts";

type Shape = z.core.$ZodType;
/** One way an input may look: its fields by name. */
type Fields = Readonly<Record<string, Shape>>;
type Texts = ReadonlyMap<string, string>;

/** The names of all fields that an operation's input may have. */
export const fieldNames = ({ input }: Operation): ReadonlySet<string> =>
  new Set(waysOf(input).flatMap((fields) => Object.keys(fields)));

/**
 * The input of an operation from texts: a field is taken as text where its shape takes text, else as JSON
 * (`--minutes 480`, `--endpoints '[…]'`). One that is not there stays away where the shape has a word for that, and is
 * null where null says something. Throws UsageError naming the field.
 */
export function readInput({ input }: Operation, texts: Texts): unknown {
  const ways = waysOf(input);
  const named = ways.filter((fields) => hasItsWords(fields, texts));
  const attempts = (named.length === 0 ? ways : named).map((fields) =>
    z.safeParse(input, valuesOf(fields, texts)),
  );
  const taken = attempts.find(({ success }) => success) ?? attempts[0];
  if (taken?.success === true) return taken.data;
  throw misfitOf(taken?.error, texts);
}

/** An object is one way to look, a union as many as it has. */
function waysOf(shape: Shape): readonly Fields[] {
  if (shape instanceof z.ZodObject) return [shape.shape];
  if (shape instanceof z.ZodUnion) return shape.options.flatMap(waysOf);
  throw new Error("The input of an operation is an object or a union of objects.");
}

/** True when what tells this way from others (`kind`) stands in the texts. */
const hasItsWords = (fields: Fields, texts: Texts): boolean =>
  Object.entries(fields).every(
    ([name, shape]) => !(shape instanceof z.ZodLiteral) || fits(shape, texts.get(name)),
  );

const fits = (shape: Shape, value: unknown): boolean => z.safeParse(shape, value).success;

function valuesOf(fields: Fields, texts: Texts): Readonly<Record<string, unknown>> {
  const absent = Object.entries(fields).filter(
    ([name, shape]) => !texts.has(name) && !fits(shape, undefined) && fits(shape, null),
  );
  const given = [...texts].map(([name, text]) => [name, valueOf(fields[name], text)]);
  return Object.fromEntries([...absent.map(([name]) => [name, null]), ...given]);
}

/** A text that a shape of texts does not like is still a text: so it is told what is wrong with it. */
function valueOf(shape: Shape | undefined, text: string): unknown {
  if (shape === undefined) return text;
  const { success, error } = z.safeParse(shape, text);
  if (success) return text;
  const value = fromJson(text);
  const isNoText = error.issues.some(({ code, path }) => code === "invalid_type" && path.length === 0);
  return isNoText || fits(shape, value) ? value : text;
}

/** JSON to the letter: blanks around a number are no part of it. */
function fromJson(text: string): unknown {
  try {
    return text === text.trim() ? JSON.parse(text) : text;
  } catch {
    return text;
  }
}

function misfitOf(error: z.ZodError | undefined, texts: Texts): UsageError {
  if (error === undefined) return new UsageError("The input does not fit.");
  const { field, complaint } = misfit(error);
  if (field === "") return new UsageError(`The input ${complaint}.`);
  const isThere = texts.has(field.split(".", 1)[0] ?? "");
  return new UsageError(isThere ? `--${field} ${complaint}.` : `--${field} is needed.`);
}
