// Minutes on a bad connection: what is typed stays in this browser until the site has saved it. It is sent when somebody
// presses "Save", and by itself once the connection is back. Text of somebody else on the same computer is never shown.
const AGAIN = 10_000;
const OLDEST = 7 * 24 * 3600 * 1000;
const PREFIX = "locality-minutes:";

const clock = () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

function watch(form) {
  const text = form.elements.text;
  const version = form.elements.version;
  const status = form.querySelector("[data-status]");
  // Not elements.item, which is a function of every collection of fields.
  const key = `${PREFIX}${form.dataset.person}:${location.pathname}:${form.elements.namedItem("item").value}`;
  let saved = text.defaultValue;
  let sending = false;
  let wanted = false;

  const say = (words, state = "") => {
    status.dataset.state = state;
    status.textContent = words;
  };
  const keep = () => {
    try {
      localStorage.setItem(key, JSON.stringify({ text: text.value, version: version.value, at: Date.now() }));
      return true;
    } catch {
      return false; // no room, or not allowed: the site's own drafts are still there
    }
  };
  const forget = () => localStorage.removeItem(key);

  const send = async () => {
    if (sending) return;
    sending = true;
    const sent = text.value;
    const body = new FormData(form);
    try {
      const answer = await fetch(location.pathname, {
        method: "POST",
        body,
        redirect: "manual",
        headers: { Accept: "application/json" },
      });
      const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      if (!isJson) throw new Error("no answer that this page understands");
      take(sent, answer.ok, await answer.json());
    } catch {
      wanted = true;
      keep();
      say("Not saved: there is no connection, or you are signed out. Your text is kept in this browser and is sent when the connection is back.", "waiting");
    } finally {
      sending = false;
    }
  };

  const take = (sent, ok, told) => {
    if (!ok) {
      wanted = false;
      keep();
      say(`Not saved. ${told.says} Your text is kept in this browser.`, "waiting");
      return;
    }
    const typedMeanwhile = text.value !== sent;
    version.value = told.version;
    if (!told.saved) {
      wanted = false;
      text.value = typedMeanwhile ? `${told.text}\n\n${text.value}` : told.text;
      keep();
      say("Somebody else wrote here meanwhile. Both texts stand in the field now. Join them and save.", "waiting");
      return;
    }
    saved = sent;
    wanted = typedMeanwhile;
    if (typedMeanwhile) keep();
    else forget();
    say(`Saved at ${clock()}.`);
  };

  const restore = () => {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(key) || "null");
    } catch {
      kept = null;
    }
    if (!kept || Date.now() - kept.at > OLDEST || kept.text === text.value) return forget();
    if (kept.version === version.value) text.value = kept.text;
    else text.value = text.value.includes(kept.text) ? text.value : `${text.value}\n\n${kept.text}`;
    say("Text that was kept in this browser is back in the field. It is not saved yet.", "waiting");
  };

  text.addEventListener("input", () => {
    if (text.value === saved) return forget();
    say(keep() ? "Kept in this browser. Not saved yet." : "Not saved yet.");
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  const again = () => wanted && send();
  addEventListener("online", again);
  setInterval(again, AGAIN);
  addEventListener("beforeunload", (event) => {
    if (text.value !== saved && !keep()) event.preventDefault();
  });
  restore();
}

function forgetOld() {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(PREFIX)) continue;
    try {
      if (Date.now() - JSON.parse(localStorage.getItem(key)).at > OLDEST) localStorage.removeItem(key);
    } catch {
      localStorage.removeItem(key);
    }
  }
}

forgetOld();
document.querySelectorAll("form[data-minutes]").forEach(watch);
