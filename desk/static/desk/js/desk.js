// Keys of every page: "/" goes to the search, arrows walk a list. No text stands here.

const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

/** Move the focus by `step` rows in the list that holds the focus, or in the first one. */
function walk(step) {
  const here = document.activeElement.closest("[data-keys=list]");
  const list = here ?? document.querySelector("[data-keys=list]");
  const rows = [...(list?.querySelectorAll("[data-key-row]") ?? [])];
  if (!rows.length) return false;
  const at = rows.indexOf(document.activeElement);
  const next = at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1);
  rows[next].focus();
  rows[next].scrollIntoView({ block: "nearest" });
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || typing(event.target)) return;
  if (event.key === "/") {
    const search = document.querySelector(".find input");
    search?.focus();
    if (search) event.preventDefault();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (walk(event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
  }
});

// A button that was pressed is not pressed again while its request is on the way.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button && event.target.method === "post") setTimeout(() => (button.disabled = true));
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[method=post] button[disabled]:not([data-off])")
    .forEach((button) => (button.disabled = false));
});

for (const opener of document.querySelectorAll("[data-opens]")) {
  opener.addEventListener("click", () => document.getElementById(opener.dataset.opens).showModal());
}
for (const closer of document.querySelectorAll("[data-closes]")) {
  closer.addEventListener("click", () => closer.closest("dialog").close());
}
