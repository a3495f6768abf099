// Totals that move while amounts are typed. The page works the same without it: Save works them out.
const form = document.querySelector("form[data-plan-totals]");
const live = document.getElementById("plan-live");
const WAIT = 800; // milliseconds without a key press: long enough to finish a number
const cells = form ? [...form.querySelectorAll("input[data-row]")] : [];
let timer;

// Pence of what is typed; null when it is no amount. Whole numbers only, so that pennies add up.
function pence(text) {
  const bare = text.replace(/[£,\s]/g, "");
  if (bare === "") return 0;
  const parts = /^(\d+)(?:\.(\d{1,2}))?$/.exec(bare);
  return parts ? Number(parts[1]) * 100 + Number((parts[2] ?? "").padEnd(2, "0")) : null;
}

function say(amount) {
  const whole = Math.floor(Math.abs(amount) / 100).toLocaleString("en-GB");
  return `£${whole}.${String(Math.abs(amount) % 100).padStart(2, "0")}`;
}

function sum(these) {
  const found = these.map((cell) => pence(cell.value));
  return found.includes(null) ? null : found.reduce((all, each) => all + each, 0);
}

function showRows() {
  for (const place of form.querySelectorAll("[data-total-row]")) {
    const total = sum(cells.filter((cell) => cell.dataset.row === place.dataset.totalRow));
    place.textContent = total === null ? "" : say(total);
  }
}

function announce() {
  const own = sum(cells.filter((cell) => cell.dataset.budget === "in"));
  if (own === null) {
    live.textContent = "An amount cannot be read. Write it in figures, like 1,234.50.";
    return;
  }
  const planned = own + Number(form.dataset.elsewhere ?? 0);
  const left = form.dataset.budget === undefined ? null : Number(form.dataset.budget) - planned;
  const rest = left === null ? "" : `; ${say(left)} ${left < 0 ? "over the budget" : "left of the budget"}`;
  live.textContent = `${say(planned)} is planned here from core and set-aside money${rest}. Not saved yet.`;
}

if (form && live) {
  showRows();
  form.addEventListener("input", (event) => {
    if (!event.target.dataset.row) return;
    showRows();
    clearTimeout(timer);
    timer = setTimeout(announce, WAIT);
  });
}
