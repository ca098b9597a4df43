/** The nearest element around an event's target that matches, or null. */
export function around<T extends Element>(event: Event, selector: string): T | null {
  return event.target instanceof Element ? event.target.closest<T>(selector) : null;
}

type TextControl = HTMLInputElement | HTMLTextAreaElement;

const committed = new WeakMap<Element, string>();

/** Commits what is being typed as if the field had been left: Blazor's bindings listen to "change". */
export function commit(field: Element | null): void {
  if (isTextControl(field)) {
    committed.set(field, field.value);
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/** Whether a field holds another text than was last committed since it was entered. */
export function hasUncommitted(field: TextControl): boolean {
  return committed.get(field) !== field.value;
}

/**
 * The browser compares a field that is left with what it held when it was entered, and knows nothing of commits in between: a value
 * that was committed and then typed back would never be sent. So fields that were committed are compared with that commit.
 */
export function commitOnLeave(root: Document): void {
  root.addEventListener("focusout", (event) => {
    const field = event.target instanceof Element ? event.target : null;
    if (isTextControl(field)) {
      const sent = committed.get(field);
      committed.delete(field);
      if (sent !== undefined && sent !== field.value) {
        field.dispatchEvent(new Event("change", { bubbles: true }));
      }
    }
  });
}

function isTextControl(element: Element | null): element is TextControl {
  return element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement;
}

/** Says something in a corner of the page, also to screen readers. */
export function toast(text: string): void {
  const place = document.getElementById("toast");
  if (!place) {
    return;
  }
  place.textContent = text;
  place.classList.add("toast-shown");
  window.setTimeout(() => {
    if (place.textContent === text) {
      place.classList.remove("toast-shown");
      place.textContent = "";
    }
  }, 2000);
}
