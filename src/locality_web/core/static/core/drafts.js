// Keeps a draft of every form with `data-draft` while somebody types. Works only for people who are signed in; the
// server ignores everybody else. Nothing is kept while older kept text waits for a decision, or it would be lost.
const WAIT = 1500;

const secret = (field) =>
  field.type === "password" || field.type === "file" || field.name === "csrfmiddlewaretoken" || !field.name;

function read(form) {
  const fields = {};
  for (const field of form.elements) {
    if (secret(field) || field.tagName === "BUTTON") continue;
    if ((field.type === "checkbox" || field.type === "radio") && !field.checked) continue;
    const values = field.type === "select-multiple"
      ? [...field.selectedOptions].map((each) => each.value)
      : [field.value];
    fields[field.name] = [...(fields[field.name] || []), ...values];
  }
  return fields;
}

function watch(form) {
  const says = document.createElement("p");
  says.className = "draft-status ds_hint-text";
  form.append(says);
  let timer = null;
  let sending = null;

  const keep = async () => {
    timer = null;
    sending = new AbortController();
    try {
      const answer = await fetch("/drafts/", {
        method: "POST",
        redirect: "manual",
        keepalive: document.visibilityState === "hidden",
        signal: sending.signal,
        headers: {
          "Content-Type": "application/json",
          "X-CSRFToken": form.elements.csrfmiddlewaretoken?.value ?? "",
        },
        body: JSON.stringify({ page: location.pathname, form: form.dataset.draft || "", fields: read(form) }),
      });
      const at = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      if (answer.status === 204) says.textContent = `Draft kept at ${at}. It is not saved yet.`;
      else says.textContent = "This text could not be kept as a draft. Save it soon.";
    } catch (problem) {
      if (problem.name !== "AbortError") says.textContent = "No connection: this text is not kept as a draft.";
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && timer !== null) {
      clearTimeout(timer);
      keep();
    }
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    timer = null;
    sending?.abort();
  });
}

if (!document.querySelector('[data-kept="waiting"]')) {
  document.querySelectorAll("form[data-draft]").forEach(watch);
}
