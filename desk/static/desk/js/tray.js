// The signing and the sealing tray: J and K walk, X chooses, Space turns pages, R sends back,
// Ctrl+Enter signs. What is said here in words comes from the page.

const desk = document.querySelector(".desk");
const form = document.getElementById("tray");
const rows = () => [...form.querySelectorAll(".it")];
const current = () => form.querySelector(".it.cur");
const typing = (target) => target.closest("textarea, select, input:not(.cb)");

function count() {
  const chosen = form.querySelectorAll("[name=item]:checked").length;
  document.getElementById("chosen").value = chosen;
  const sign = document.getElementById("sign");
  sign.disabled = chosen === 0;
  sign.toggleAttribute("data-off", chosen === 0);
  document.getElementById("sign-count").textContent = chosen;
}

/** Show `row` in the middle; htmx fetches it when its link is clicked. */
function open(row) {
  if (!row || row === current()) return;
  row.querySelector("a").click();
}

function mark(row) {
  const before = current();
  before?.classList.remove("cur");
  before?.querySelector("a").removeAttribute("aria-current");
  row.classList.add("cur");
  row.querySelector("a").setAttribute("aria-current", "true");
  row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = rows();
  open(all[Math.min(Math.max(all.indexOf(current()) + by, 0), all.length - 1)]);
}

function choose() {
  const box = current()?.querySelector("[name=item]");
  if (!box || box.disabled) return;
  box.checked = !box.checked;
  count();
}

/** Tell the hub that the document in the middle was seen to its end; then it may be chosen. */
async function seen() {
  const view = document.querySelector("[data-document]");
  const row = current();
  if (!view || !row || row.dataset.seen === "1") return;
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
  body.set("item", view.dataset.item);
  body.set("document", view.dataset.document);
  const answer = await fetch(desk.dataset.seen, { method: "POST", body });
  if (!answer.ok) return;
  row.dataset.seen = "1";
  const box = row.querySelector("[name=item]");
  box.disabled = false;
  box.checked = true;
  count();
}

/** Turn to the next page; on the last one the document counts as seen. */
function turn() {
  const stage = document.querySelector(".stage");
  const end = stage.scrollHeight - stage.clientHeight;
  if (stage.scrollTop >= end - 4) {
    seen();
    return;
  }
  stage.scrollTo({ top: Math.min(stage.scrollTop + stage.clientHeight * 0.9, end) });
}

/** The end of the last page was on the screen: the document was seen. */
function watch() {
  const stage = document.querySelector(".stage");
  const last = stage?.querySelector(".end");
  if (!last) return;
  const watcher = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting) && loaded(stage)) {
      watcher.disconnect();
      seen();
    }
  }, { root: stage });
  const again = () => { watcher.unobserve(last); watcher.observe(last); };
  stage.querySelectorAll("img").forEach((image) => image.addEventListener("load", again));
  watcher.observe(last);
}

const loaded = (stage) => [...stage.querySelectorAll("img")].every((one) => one.complete && one.naturalWidth);

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  x: choose,
  " ": turn,
  r: () => document.querySelector("[data-opens=back]")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (document.querySelector("dialog[open]") || typing(event.target)) return;
  if (event.ctrlKey && event.key === "Enter") {
    document.getElementById("sign").click();
  } else if (event.ctrlKey || event.altKey || event.metaKey) {
    return;
  } else if (event.key === " " && event.target.closest("button, summary")) {
    return;
  } else if (KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key]) {
    event.stopImmediatePropagation();
    KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key]();
  } else {
    return;
  }
  event.preventDefault();
}, { capture: true });

form.addEventListener("change", count);
document.getElementById("choose-all")?.addEventListener("change", (event) => {
  for (const box of form.querySelectorAll("[name=item]:not(:disabled)")) box.checked = event.target.checked;
  count();
});
for (const row of rows()) row.querySelector("a").addEventListener("click", () => mark(row));
document.addEventListener("htmx:after:swap", () => {
  const back = document.getElementById("back-item");
  if (back) back.value = document.querySelector("[data-item]").dataset.item;
  watch();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-seen-all]")) seen();
});
watch();
count();
