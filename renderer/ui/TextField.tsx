import type { KeyboardEvent, Ref } from "react";
import { defined } from "./defined.ts";
import "./TextField.css";
import { Field, Input, Textarea } from "@fluentui/react-components";

type TextFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What is wrong with it, in words; null when nothing is. */
  readonly problem?: string | null;
  readonly hint?: string;
  readonly type?: "text" | "password" | "search";
  readonly lines?: number;
  readonly required?: boolean;
  readonly numeric?: boolean;
  /** The entry that a dialog is about takes the focus when it appears. */
  readonly startHere?: boolean;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly placeholder?: string;
  /** The label is heard only; what stands around it is seen. */
  readonly hideLabel?: boolean;
  /** Told of the entry itself, for keys that lead to it. */
  readonly entry?: Ref<HTMLInputElement>;
};

/** A labelled entry with its hint and its problem beneath. */
export function TextField(props: TextFieldProps) {
  const problem = props.problem ?? null;
  const entryRef = props.startHere === true ? focusOnce : props.entry;
  return (
    <Field
      {...(props.hideLabel === true ? {} : { label: props.label })}
      required={props.required ?? false}
      {...defined({ hint: props.hint })}
      validationState={problem === null ? "none" : "error"}
      validationMessage={problem}
    >
      {props.lines === undefined ? (
        <Input
          className="text-entry"
          value={props.value}
          type={props.type ?? "text"}
          inputMode={props.numeric === true ? "numeric" : undefined}
          placeholder={props.placeholder}
          autoComplete="off"
          spellCheck={false}
          {...defined({ input: entryRef === undefined ? undefined : { ref: entryRef } })}
          {...defined({
            onKeyDown: props.onKeyDown,
            "aria-label": props.hideLabel === true ? props.label : undefined,
          })}
          onChange={(_event, { value }) => props.onChange(value)}
        />
      ) : (
        <Textarea
          value={props.value}
          rows={props.lines}
          resize="vertical"
          onChange={(_event, { value }) => props.onChange(value)}
        />
      )}
    </Field>
  );
}

/** After the dialog has put the focus on its first control. */
function focusOnce(input: HTMLInputElement | null): void {
  if (input !== null) requestAnimationFrame(() => input.focus());
}
