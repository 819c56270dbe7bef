// Puts a text on the clipboard. In a frame the newer interface is refused, and the refusal logged as
// an error, unless the page around allows it; the older way works there after a click.
import { framed } from "./embed.js";

function copySelected(text) {
  const field = document.createElement("textarea");
  field.className = "unseen";
  field.value = text;
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  return copied;
}

// Returns whether it was copied.
export async function copyText(text) {
  if (framed) return copySelected(text);
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}
