/** After a form was refused: the first entry that is wrong takes the focus, as soon as it is marked. */
export function focusFirstProblem(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
