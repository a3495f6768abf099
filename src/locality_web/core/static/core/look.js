// What scripts add to pages that already work without them: the design system's own, and focus on errors.
window.DS?.initAll();

const summary = document.querySelector(".ds_error-summary");
if (summary) {
  if (!document.title.startsWith("Error: ")) {
    document.title = `Error: ${document.title}`;
  }
  summary.focus();
  // A link of the summary puts the keyboard into the field, with its label in sight.
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!field) {
      return;
    }
    event.preventDefault();
    (field.closest(".ds_question, td, fieldset") ?? field).scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
  });
}

// Two presses of a button must not send a form twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  window.setTimeout(() => delete form.dataset.sent, 3000);
});
