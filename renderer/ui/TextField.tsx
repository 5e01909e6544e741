import { defined } from "./defined.ts";
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
  readonly autoFocus?: boolean;
  readonly placeholder?: string;
};

/** A labelled entry with its hint and its problem beneath. */
export function TextField(props: TextFieldProps) {
  const problem = props.problem ?? null;
  return (
    <Field
      label={props.label}
      required={props.required ?? false}
      {...defined({ hint: props.hint })}
      validationState={problem === null ? "none" : "error"}
      validationMessage={problem}
    >
      {props.lines === undefined ? (
        <Input
          value={props.value}
          type={props.type ?? "text"}
          inputMode={props.numeric === true ? "numeric" : undefined}
          placeholder={props.placeholder}
          autoComplete="off"
          spellCheck={false}
          // The dialog opens for this one entry; nothing else on it is read before.
          autoFocus={props.autoFocus ?? false}
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
