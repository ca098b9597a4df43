import { around } from "./dom";

/**
 * Draws wavy lines under the places of a prompt that the list below it names, on a layer behind the box that has the same text at the same
 * places, and selects such a place when its entry in the list is pressed. The layer is only decoration: all it says stands in the list.
 */
export function underlinePrompts(root: Document): void {
  const drawn = new WeakMap<Element, string>();
  const draw = (prompt: Element | null): void => {
    const box = prompt?.querySelector<HTMLTextAreaElement>("textarea[data-live]");
    const layer = prompt?.querySelector<HTMLElement>("[data-layer]");
    if (prompt && box && layer) {
      const marks = marksOf(prompt);
      const state = JSON.stringify([box.value, marks]);
      if (drawn.get(layer) !== state) {
        drawn.set(layer, state);
        layer.replaceChildren(...pieces(box.value, marks));
      }
      follow(box, layer);
    }
  };
  root.addEventListener("input", (event) => draw(around(event, "[data-prompt]")));
  // Scrolling does not bubble.
  root.addEventListener(
    "scroll",
    (event) => {
      const box = around<HTMLTextAreaElement>(event, "textarea[data-live]");
      const layer = box?.parentElement?.querySelector<HTMLElement>("[data-layer]");
      if (box && layer) {
        follow(box, layer);
      }
    },
    true,
  );
  root.addEventListener("click", (event) => select(around<HTMLElement>(event, "[data-marks] [data-start]")));

  const sizes = new ResizeObserver((entries) => entries.forEach((entry) => draw(entry.target.closest("[data-prompt]"))));
  const seen = new WeakSet<Element>();
  let asked = false;
  const look = (): void => {
    asked = false;
    for (const prompt of root.querySelectorAll("[data-prompt]")) {
      const box = prompt.querySelector("textarea");
      if (box && !seen.has(box)) {
        seen.add(box);
        sizes.observe(box);
      }
      draw(prompt);
    }
  };
  // The program writes the list and, when it fills the form, the box; what this layer itself changes must not wake it again.
  new MutationObserver((changes) => {
    if (!asked && changes.some((change) => concerns(change.target))) {
      asked = true;
      window.requestAnimationFrame(look);
    }
  }).observe(root.body, {
    childList: true,
    characterData: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["data-start", "data-length", "data-piece", "data-kind", "data-ready"],
  });
}

function concerns(target: Node): boolean {
  const element = target instanceof Element ? target : target.parentElement;
  return element !== null && element.closest("[data-layer]") === null;
}

export interface Mark {
  readonly start: number;
  readonly length: number;
  readonly kind: string;
  readonly piece: string;
}

function marksOf(prompt: Element): Mark[] {
  return [...prompt.querySelectorAll<HTMLElement>("[data-marks] [data-start]")].map(({ dataset }) => ({
    start: Number(dataset["start"]),
    length: Number(dataset["length"]),
    kind: dataset["kind"] ?? "",
    piece: dataset["piece"] ?? "",
  }));
}

/** The text in pieces, marked where a mark still fits what is there: the list lags behind the keys by a moment. */
export function pieces(text: string, marks: readonly Mark[]): (Node | string)[] {
  const made: (Node | string)[] = [];
  let at = 0;
  for (const mark of [...marks].sort((a, b) => a.start - b.start)) {
    const start = Math.max(mark.start, at);
    const end = Math.min(mark.start + mark.length, text.length);
    if (end > start && text.startsWith(mark.piece, mark.start)) {
      const line = document.createElement("mark");
      line.className = `line line-${mark.kind}`;
      line.textContent = text.slice(start, end);
      made.push(text.slice(at, start), line);
      at = end;
    }
  }
  // A box shows the line after a last line feed, and a block does only when something follows.
  made.push(`${text.slice(at)}\u200b`);
  return made;
}

function follow(box: HTMLTextAreaElement, layer: HTMLElement): void {
  // The box is narrower by its scroll bar, if it has one; its two borders come on top.
  layer.style.width = `${box.clientWidth + 2}px`;
  layer.style.transform = `translateY(${-box.scrollTop}px)`;
}

function select(entry: HTMLElement | null): void {
  const prompt = entry?.closest("[data-prompt]");
  const box = prompt?.querySelector<HTMLTextAreaElement>("textarea[data-live]");
  if (!entry || !prompt || !box) {
    return;
  }
  const start = Number(entry.dataset["start"]);
  box.focus();
  box.setSelectionRange(start, start + Number(entry.dataset["length"]));
  const place = [...prompt.querySelectorAll<HTMLElement>("[data-layer] mark")].find((mark) => mark.textContent.startsWith(entry.dataset["piece"] ?? ""));
  if (place && (place.offsetTop < box.scrollTop || place.offsetTop + place.offsetHeight > box.scrollTop + box.clientHeight)) {
    box.scrollTop = place.offsetTop - box.clientHeight / 2;
  }
}
