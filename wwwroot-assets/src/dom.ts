/** The nearest element around an event's target that matches, or null. */
export function around<T extends Element>(event: Event, selector: string): T | null {
  return event.target instanceof Element ? event.target.closest<T>(selector) : null;
}

/** Commits what is being typed as if the field had been left: Blazor's bindings listen to "change". */
export function commit(field: Element | null): void {
  if (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) {
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
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
