// Figures that move while rules are changed. The page works the same without it: "Work out" asks for the whole page.
const form = document.querySelector("form[data-live]");
const figures = form && document.getElementById(form.dataset.live);
const status = document.getElementById("figures-status");
const WAIT = 500; // milliseconds without a key press: long enough to finish a number
let timer;
let asked = 0;

async function workOut() {
  const mine = ++asked;
  const sent = new FormData(form);
  sent.set("action", "work-out");
  figures.setAttribute("aria-busy", "true");
  try {
    // The form posts to its own page. Its `action` property is the button of that name, not an address.
    const answer = await fetch(window.location.href, {
      method: "POST", body: sent, headers: { "X-Part": "figures" }, redirect: "error",
    });
    if (!answer.ok) {
      throw new Error(`status ${answer.status}`);
    }
    const said = await answer.text();
    if (mine !== asked) {
      return; // a newer question is on its way
    }
    figures.innerHTML = said;
    status.textContent = figures.querySelector(".lp-message--warning")
      ? "No budget can be worked out from these rules."
      : `Figures changed. ${figures.querySelector(".lp-live__says p:last-child")?.textContent ?? ""}`;
  } catch {
    status.textContent = "The figures could not be worked out just now. Use the button Work out.";
  } finally {
    if (mine === asked) {
      figures.removeAttribute("aria-busy");
    }
  }
}

form?.addEventListener("input", (event) => {
  if (event.target.name === "name") {
    return;
  }
  window.clearTimeout(timer);
  timer = window.setTimeout(workOut, WAIT);
});
