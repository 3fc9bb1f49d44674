/** What this browser remembers between visits. Without storage everything lasts as long as the page. */

const memory = new Map();

export function kept(name) {
  try {
    return localStorage.getItem(`playground-${name}`);
  } catch {
    return memory.get(name) ?? null;
  }
}

export function keep(name, value) {
  memory.set(name, value);
  try {
    localStorage.setItem(`playground-${name}`, value);
  } catch {
    // Storage may be switched off.
  }
}
