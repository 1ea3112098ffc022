// GOV.UK Frontend's components start, buttons that copy sentences show where a browser can copy, on
// paper the reasons behind each area and the sum are unfolded, and what was asked by a form is there again
// for whoever goes back.
import { initAll } from "./vendor/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

for (const button of document.querySelectorAll("[data-copies]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const lines = document.querySelectorAll(`#${button.dataset.copies} > .govuk-body`);
    const told = button.parentElement.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText([...lines].map((line) => line.textContent).join("\n"));
      told.textContent = "Copied";
    } catch {
      told.textContent = "The browser did not let them be copied: select and copy them";
    }
  });
}

let unfolded = [];

window.addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll(":is(.pei-areas, .pei-priority) details:not([open])")];
  for (const part of unfolded) part.open = true;
});

window.addEventListener("afterprint", () => {
  for (const part of unfolded) part.open = false;
});

// What was searched for is posted, and a browser does not show such a page again when its reader goes
// back. It keeps the words beside the page, in no address, and asks once more.
const searched = document.getElementById("q");

if (searched?.value) {
  window.history.replaceState({ searched: searched.value }, "");
} else if (searched && window.history.state?.searched) {
  searched.value = window.history.state.searched;
  searched.form.requestSubmit();
}

// Records that were compared are posted too.
const asked = document.getElementById("again");
const values = asked ? [...new FormData(asked)].filter(([name]) => name !== "csrf_token") : [];

if (values.length) {
  window.history.replaceState({ asked: values }, "");
} else if (asked && window.history.state?.asked) {
  for (const [name, value] of window.history.state.asked) {
    asked.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  asked.requestSubmit();
}
