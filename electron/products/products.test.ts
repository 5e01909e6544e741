import { expect, test } from "vitest";
import { harmlessLines } from "./azureStackHub/harmlessLines.ts";
import { grantNames, sessionNames } from "./azureStackHub/recordNames.ts";
import { levelWords, stateWords } from "./azureStackHub/recordWords.ts";
import { azureStackHubShapes } from "./azureStackHub/shapes.ts";
import { grantFields, readingCommands, sessionFields } from "./shapes.ts";

const facts = [grantNames, sessionNames, stateWords, levelWords, harmlessLines].flatMap((part) =>
  Object.values(part).flat(),
);

test("every fact has its source, and no word stands in two lists of one kind", () => {
  expect(facts.filter(({ source }) => source.title === "")).toEqual([]);
  const lists = Object.values(azureStackHubShapes).map((part) => Object.values(part).flat());
  const [grant = [], session = [], , , state = [], level = []] = lists;
  for (const list of [grant, session, state, level])
    expect(new Set(list.map((text) => text.toLowerCase())).size).toBe(list.length);
});

test("every field and every reading command has a list", () => {
  expect(Object.keys(azureStackHubShapes.grant)).toEqual(grantFields);
  expect(Object.keys(azureStackHubShapes.session)).toEqual(sessionFields);
  expect(Object.keys(azureStackHubShapes.harmlessLines)).toEqual(readingCommands);
});
