/** A picture that is pasted anywhere on a page with a file input marked data-paste goes into that input, as if it had been chosen. */
export function takePastedPictures(root: Document): void {
  root.addEventListener("paste", (event) => {
    const input = root.querySelector<HTMLInputElement>("input[type=file][data-paste]");
    const picture = [...(event.clipboardData?.files ?? [])].find((file) => file.type.startsWith("image/"));
    if (input && picture) {
      event.preventDefault();
      const chosen = new DataTransfer();
      chosen.items.add(picture);
      input.files = chosen.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
}
