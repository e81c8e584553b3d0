// Keeps the page as the server has it: after each change it reads the page again, and touches only what differs,
// so that what is open stays open and nobody loses their place.

const same = (a, b) => a && b && a.nodeType === b.nodeType && a.nodeName === b.nodeName && (a.id || "") === (b.id || "");

function attributes(old, now) {
  // What the server folds is folded, and unfolded; in between, people fold and unfold as they like.
  if (old.nodeName === "DETAILS" && old.dataset.folded !== now.dataset.folded) old.open = now.open;
  for (const { name } of [...old.attributes]) {
    if (!now.hasAttribute(name) && name !== "open" && name !== "style") old.removeAttribute(name);
  }
  for (const { name, value } of now.attributes) {
    if (name !== "open" && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

function morph(old, now) {
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== now.data) old.data = now.data;
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE || old.isEqualNode(now)) return;
  attributes(old, now);
  let at = old.firstChild;
  for (const child of [...now.childNodes]) {
    let twin = at;
    while (twin && !same(twin, child)) twin = twin.nextSibling;
    if (!twin) {
      const fresh = document.importNode(child, true);
      if (fresh.nodeType === Node.ELEMENT_NODE) fresh.classList.add("fresh");
      old.insertBefore(fresh, at);
      continue;
    }
    while (at !== twin) {
      const gone = at;
      at = at.nextSibling;
      gone.remove();
    }
    morph(twin, child);
    at = twin.nextSibling;
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

async function refresh() {
  const answer = await fetch(location.href, { cache: "no-store" });
  if (!answer.ok) return;
  const now = new DOMParser().parseFromString(await answer.text(), "text/html");
  morph(document.getElementById("page"), now.getElementById("page"));
}

let running = false;
let again = false;

// follow reads the page again, once more if something changed meanwhile.
async function follow() {
  again = true;
  if (running) return;
  running = true;
  while (again) {
    again = false;
    await refresh().catch(() => {});
  }
  running = false;
}

function status(on) {
  const live = document.getElementById("live");
  live.classList.toggle("on", on);
  live.querySelector(".text").textContent = on ? "live" : "the demo has ended";
}

const events = new EventSource("/live");
events.addEventListener("open", () => status(true));
events.addEventListener("change", follow);
events.addEventListener("error", () => status(false));
