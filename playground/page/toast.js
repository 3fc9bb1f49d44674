/** A sentence that stays for a moment, over everything. */

const STAYS = 6000; // ms

/** @param {HTMLElement} root @returns {(text: string) => void} */
export function toast(root) {
  let timer = 0;
  return (text) => {
    root.textContent = text;
    root.hidden = false;
    clearTimeout(timer);
    timer = setTimeout(() => (root.hidden = true), STAYS);
  };
}
