import { around, commit, hasUncommitted } from "./dom";

/** How long after the last key a text is sent. */
const pause = 180;

/**
 * What is typed into a box marked data-live is committed in each pause of typing, so that the program can count and check it. The program
 * answers beside the box and never writes into it for that, so no letter that is typed meanwhile can be lost.
 */
export function commitWhileTyping(root: Document): void {
  const waiting = new WeakMap<Element, number>();
  const stop = (box: Element): void => window.clearTimeout(waiting.get(box));
  root.addEventListener("input", (event) => {
    const box = around<HTMLTextAreaElement>(event, "textarea[data-live]");
    if (!box || (event instanceof InputEvent && event.isComposing)) {
      return;
    }
    stop(box);
    waiting.set(
      box,
      window.setTimeout(() => {
        // A box that was left has been committed by the browser, and what stands in it since then is the program's own.
        if (box === root.activeElement && hasUncommitted(box)) {
          commit(box);
        }
      }, pause),
    );
  });
  root.addEventListener("compositionend", (event) => {
    const box = around<HTMLTextAreaElement>(event, "textarea[data-live]");
    box?.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
  root.addEventListener("change", (event) => {
    if (event.target instanceof Element) {
      stop(event.target);
    }
  });
}

/**
 * A text that is pasted into a prompt and looks like the parameters of a picture is handed to the program beside it, which may fill the whole
 * form from it. The box itself takes the text as any other, so that undoing leaves just that.
 */
export function offerPastedParameters(root: Document): void {
  root.addEventListener("paste", (event) => {
    const box = around<HTMLTextAreaElement>(event, "textarea[data-live]");
    const carrier = box?.closest("[data-prompt]")?.querySelector<HTMLInputElement>("input[data-pasted]");
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!box || !carrier || !looksLikeParameters(text)) {
      return;
    }
    window.setTimeout(() => {
      commit(box);
      carrier.value = text;
      carrier.dispatchEvent(new Event("change", { bubbles: true }));
    });
  });
}

/** Whether the last line begins with its steps and names two more values: the program looks closer. */
export function looksLikeParameters(text: string): boolean {
  const last = text.trimEnd().split("\n").pop() ?? "";
  return /^\s*Steps:\s*\d/.test(last) && last.split(/,\s*[A-Z][\w \-/]*:/).length > 2;
}
