// Keeps a page that lies open up to date: what the colleague does on another device appears by itself.
// Asking does not count as somebody being there, and what a person is typing is never taken away.
// Without this script the link "load again" does the same.
"use strict";
(() => {
  const main = document.getElementById("content");
  const EVERY = 3000;
  const SLOWEST = 30000;
  let pause = EVERY;
  const told = document.createElement("p");
  told.className = "vh";
  told.setAttribute("role", "status");
  document.body.append(told);

  const ask = async (path) => {
    const answer = await fetch(path, { headers: { "x-by-itself": "1" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer;
  };

  const typed = (one) => (/^(checkbox|radio)$/.test(one.type) ? one.checked !== one.defaultChecked : one.value !== one.defaultValue);
  const isTyping = () => [...main.querySelectorAll("input:not([type=hidden]), textarea")].some(typed);

  // Something has changed under what a person is typing: it is said, and they decide.
  const offer = () => {
    if (document.getElementById("changed")) return;
    const note = document.createElement("p");
    const again = document.createElement("a");
    note.id = "changed";
    note.className = "notice warn";
    note.setAttribute("role", "status");
    again.href = main.dataset.live;
    again.textContent = main.dataset.again;
    note.append(main.dataset.changed, " ", again);
    main.append(note);
  };

  const replace = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const held = document.activeElement?.id;
    const within = main.contains(document.activeElement);
    for (const part of [".top", ".received", "main"]) {
      const [old, fresh] = [document.querySelector(part), page.querySelector(part)];
      if (!old || !fresh) continue;
      old.className = fresh.className;
      if (part === "main") Object.assign(old.dataset, fresh.dataset);
      if (old.innerHTML.trim() !== fresh.innerHTML.trim() && !(part === ".top" && old.contains(document.activeElement))) old.innerHTML = fresh.innerHTML;
    }
    if (!within || main.contains(document.activeElement)) return;
    main.tabIndex = -1;
    (document.getElementById(held) ?? main).focus({ preventScroll: true });
  };

  const look = async () => {
    if (main.dataset.stand) {
      const now = await (await ask("/stand.json")).json();
      const count = document.querySelector(".received");
      count.classList.toggle("all", now.all);
      count.querySelector("a").textContent = now.received;
      if (now.stand === main.dataset.stand) return;
      if (isTyping()) return offer();
    }
    const answer = await ask(main.dataset.live);
    // The page leads elsewhere now: sealed meanwhile, or locked.
    if (answer.redirected) return location.assign(answer.url);
    replace(await answer.text());
    if (main.dataset.stand) told.textContent = main.dataset.changed;
  };

  const turn = async () => {
    if (!document.hidden) {
      try {
        await look();
        pause = EVERY;
      } catch {
        // The laptop is out of reach for a moment; the next look tells.
        pause = Math.min(pause * 2, SLOWEST);
      }
    }
    setTimeout(turn, pause);
  };
  setTimeout(turn, pause);
})();
