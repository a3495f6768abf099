// Sends edits one after the other, each on the version that the one before it gave. What is not saved yet is kept, in
// the order in which it was done, and said; it is never dropped without a word.
const editor = (globalThis.boundaryEditor ??= {});

const AGAIN = 5000; // milliseconds until it is tried again by itself

// `hooks`: saved(state, says), refused(state, says), held(edits, says), changed(). Each edit is what the server takes.
editor.startSaving = ({ addresses, kept, version, token, hooks }) => {
  const waiting = [];
  let held = [];
  let trouble = "";
  let busy = false;
  let timer = null;

  const keep = () => {
    const left = [...held, ...waiting];
    try {
      if (left.length) sessionStorage.setItem(kept, JSON.stringify(left));
      else sessionStorage.removeItem(kept);
    } catch { /* A browser that keeps nothing: the page itself still holds the edits, and warns before it closes. */ }
    hooks.changed();
  };

  const post = (edit) => fetch(addresses.edit, {
    method: "POST",
    redirect: "manual",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify({ ...edit, version }),
  });

  // A sign-in in another tab gives a new token.
  const renew = async () => {
    const answer = await fetch(addresses.state, { redirect: "manual" });
    if (answer.type === "opaqueredirect") return "signed-out";
    if (!answer.ok) return "refused";
    const state = await answer.json();
    const isNew = state.token !== token;
    token = state.token;
    return isNew ? "renewed" : "refused";
  };

  const stop = (says, { again = true } = {}) => {
    trouble = says;
    clearTimeout(timer);
    if (again) timer = setTimeout(run, AGAIN);
  };

  const refuse = (edit, { says, code, now }) => {
    waiting.shift();
    if (!now) return stop(says, { again: false });
    version = now.version;
    // Made again on somebody else's version, taking back would take back theirs.
    if (code === "option-changed") held = [...held, edit, ...waiting.splice(0)].filter((each) => each.do !== "undo" && each.do !== "tidy");
    hooks.refused(now, says);
    if (held.length) hooks.held(held, says);
  };

  const sendFirst = async () => {
    const edit = waiting[0];
    let answer = await post(edit);
    if (answer.status === 403) {
      const found = await renew();
      if (found === "signed-out") return stop(editor.says.signedOut, { again: false });
      if (found === "refused") return stop(editor.says.notAllowed, { again: false });
      answer = await post(edit);
    }
    if (answer.type === "opaqueredirect") return stop(editor.says.signedOut, { again: false });
    if (answer.status === 409) return refuse(edit, await answer.json());
    if (!answer.ok) return stop(editor.says.broken);
    const state = await answer.json();
    waiting.shift();
    version = state.version;
    hooks.saved(state, state.says, edit);
  };

  const run = async () => {
    if (busy) return;
    busy = true;
    trouble = "";
    clearTimeout(timer);
    while (waiting.length && !trouble) {
      hooks.changed();
      try {
        await sendFirst();
      } catch {
        stop(editor.says.offline);
      }
      keep();
    }
    busy = false;
    hooks.changed();
  };

  addEventListener("online", run);
  addEventListener("beforeunload", (event) => {
    if (waiting.length || held.length) event.preventDefault();
  });

  try {
    held = JSON.parse(sessionStorage.getItem(kept) || "[]");
  } catch {
    held = [];
  }

  return {
    push(edit) {
      waiting.push(edit);
      keep();
      run();
    },
    // What was not sent yet is taken back without the server.
    takeBack() {
      const unsent = waiting.length > (busy ? 1 : 0) ? waiting.pop() : null;
      if (unsent) keep();
      return unsent;
    },
    again: run,
    makeHeld() {
      waiting.push(...held.splice(0));
      keep();
      run();
    },
    dropHeld() {
      held = [];
      keep();
    },
    get waiting() { return waiting; },
    get held() { return held; },
    get trouble() { return trouble; },
    get version() { return version; },
  };
};

editor.says = {
  signedOut: "You are signed out. Sign in in another tab, then press “Save now”.",
  notAllowed: "You may not edit this option any more. Ask the people who gave you your role.",
  broken: "The site could not save. It tries again every few seconds.",
  offline: "There is no connection. It tries again every few seconds.",
};
