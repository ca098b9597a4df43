import { commit } from "./dom";

/** Ctrl+Enter (or Cmd+Enter) generates, Esc interrupts: each clicks the button that carries the action, unless it is disabled. */
export function bindHotkeys(root: Document): void {
  root.addEventListener("keydown", (event) => {
    // During composition Enter and Esc belong to the input method; held keys must not queue a hundred runs.
    if (event.isComposing || event.repeat || event.defaultPrevented) {
      return;
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.altKey) {
      event.preventDefault();
      commit(root.activeElement);
      press(root, "generate");
    } else if (event.key === "Escape" && !hasOpenList(root.activeElement)) {
      press(root, "interrupt");
    }
  });
}

/** Whether Esc belongs to a list that it closes; where the browser cannot tell, the list that has the focus counts as open. */
function hasOpenList(element: Element | null): boolean {
  return element instanceof HTMLSelectElement && (!CSS.supports("selector(:open)") || element.matches(":open"));
}

function press(root: Document, action: string): void {
  root.querySelector<HTMLButtonElement>(`button[data-action="${action}"]:not(:disabled)`)?.click();
}
