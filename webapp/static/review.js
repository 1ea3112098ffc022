// One key a verdict. A key presses the button or follows the link that names it, and nothing else:
// without a script the buttons do the same.

const box = document.getElementById("keys");
const KEPT = "pei-single-keys";

function keysAreOn() {
  return box ? box.checked : true;
}

function remember() {
  if (!box) return;
  box.checked = window.localStorage.getItem(KEPT) !== "off";
  box.addEventListener("change", () => window.localStorage.setItem(KEPT, box.checked ? "on" : "off"));
}

function isTyping(target) {
  return target instanceof HTMLElement && target.matches("textarea, select, input:not([type=checkbox])");
}

// A second key before the next pair has come would judge what nobody has looked at.
let answered = false;

function press(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || answered) return;
  if (!keysAreOn() || isTyping(event.target)) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]:not([disabled])`);
  if (!target) return;
  event.preventDefault();
  answered = true;
  target.click();
}

function once(event) {
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
}

// An earlier pair's is still being worked out.
const STILL_BUSY = 204;

function tryToForesee() {
  foresee().catch(() => {});
}

async function foresee() {
  const place = document.getElementById("foresight");
  if (!place) return;
  const [link] = place.getElementsByTagName("a");
  if (link) link.textContent = "Working out what each verdict changes…";
  const answer = await fetch(place.dataset.source);
  if (!answer.ok) return;
  if (answer.status === STILL_BUSY) return void window.setTimeout(tryToForesee, 1000);
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  place.replaceChildren(...found.body.childNodes);
}

remember();
document.addEventListener("keydown", press);
document.addEventListener("submit", once);
window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
document.documentElement.dataset.keys = "ready";
// Whoever answers at once does not wait for it, and nobody works it out for nothing.
window.setTimeout(tryToForesee, 500);
