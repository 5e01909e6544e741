import { FragmentAssembler } from "../../../protocol/psrp/fragmentAssembler.ts";
import { hexOf } from "../../../protocol/psrp/ids.ts";
import { clientLimits } from "../../../protocol/psrp/limits.ts";
import { contentOf, readMessage } from "../../../protocol/psrp/messages.ts";
import { demandEqual } from "../outcome.ts";
import { canonical } from "../plain/graph.ts";
import { graphOf } from "../plain/graphOf.ts";
import { plainClixml } from "../plain/plainClixml.ts";
import { PlainSource } from "../plain/plainMessages.ts";
import type { PlainMessage } from "../plain/plainMessages.ts";

/** Reads bytes of many sources with the product's codecs and the plain ones side by side. */
export class SideBySide {
  readonly #ours = new Map<string, FragmentAssembler>();
  readonly #plain = new Map<string, PlainSource<null>>();
  #messages = 0;

  get messages(): number {
    return this.#messages;
  }

  /** Objects that began and never ended, over all sources. */
  get unfinished(): readonly string[] {
    return [...this.#plain].filter(([, source]) => source.unfinished).map(([key]) => key);
  }

  /** Fails at `where` unless both readings give the same messages with the same value trees; gives the messages. */
  read(key: string, bytes: Buffer, where: string): readonly PlainMessage[] {
    const ours = this.#ours.get(key) ?? new FragmentAssembler(clientLimits, { bytes: 0, objects: 0 });
    const plain = this.#plain.get(key) ?? new PlainSource<null>();
    this.#ours.set(key, ours);
    this.#plain.set(key, plain);
    const expected = plain.add(bytes, null).map(({ message }) => message);
    const read = ours.receive(bytes).map(readMessage);
    const told = read.map(({ poolId, pipelineId, ...rest }) => ({
      ...rest,
      poolId: hexOf(poolId),
      pipelineId: hexOf(pipelineId),
    }));
    demandEqual(`${where}, messages`, told, expected);
    read.forEach((message, index) => {
      const value = canonical(plainClixml(expected[index]?.text ?? ""));
      demandEqual(`${where}, message ${index + 1}`, canonical(graphOf(contentOf(message))), value);
    });
    this.#messages += read.length;
    return expected;
  }
}
