// Comfort for the reading page: saves every box as it is typed, shows at once what the server says about it.
// Without this script the buttons of the sections save, and all of it works the same.
"use strict";
(() => {
  const form = document.getElementById("reading");
  if (!form) return;
  form.classList.add("scripted");
  const saving = document.getElementById("saving");
  const progress = document.getElementById("progress");
  const asked = document.getElementById("asked");
  const hidden = (name) => form.elements.namedItem(name);
  const waiting = new Map();
  let busy = false;
  let pause = 500;

  const say = (state) => {
    saving.dataset.state = state;
    saving.textContent = form.dataset[state] || "";
  };

  const show = (id, box, sent) => {
    const place = form.querySelector(`[data-of="${CSS.escape(id)}"]`);
    if (!place) return;
    place.classList.toggle("flagged", box.flagged);
    const was = hidden(`was:${id}`);
    if (was) was.value = box.stored;
    const input = place.querySelector("input.digits, input.clock");
    const wrong = document.getElementById(`wrong-${id}`);
    // What a person is typing is theirs until it has been sent, and what cannot stand there stays until it is mended.
    if (sent) place.dataset.rejected = box.trouble ? "yes" : "";
    if (!waiting.has(`box:${id}`) && wrong && (sent || !place.dataset.rejected)) {
      if (box.trouble || input?.value.trim() === box.stored || document.activeElement !== input) {
        wrong.textContent = box.trouble || "";
        if (input && box.trouble) input.setAttribute("aria-invalid", "true");
        if (input && !box.trouble) input.removeAttribute("aria-invalid");
        if (input && !box.trouble && document.activeElement !== input) input.value = box.stored;
      }
    }
    const implied = document.getElementById(`implied-${id}`);
    if (implied) {
      implied.className = `implied ${box.implied ? box.implied.state : ""}`;
      implied.textContent = box.implied ? box.implied.text : "";
    }
  };

  const apply = (changes, sent) => {
    progress.textContent = changes.progress;
    for (const [id, box] of Object.entries(changes.boxes)) show(id, box, sent.has(`box:${id}`));
    for (const [row, html] of Object.entries(changes.rows)) {
      const place = form.querySelector(`.findings[data-row="${CSS.escape(row)}"]`);
      if (place && place.innerHTML.trim() !== html.trim()) place.innerHTML = html;
    }
    const keys = changes.asked.join(" ");
    if (asked.dataset.asked.trim() === keys) return;
    const typed = new Map([...asked.querySelectorAll("textarea")].map((note) => [note.name, note.value]));
    asked.innerHTML = changes.answers;
    asked.dataset.asked = keys;
    for (const note of asked.querySelectorAll("textarea")) {
      if (typed.has(note.name)) note.value = typed.get(note.name);
    }
  };

  const send = async () => {
    if (busy || waiting.size === 0) return;
    busy = true;
    say("saving");
    const sent = new Map(waiting);
    const body = new URLSearchParams(sent);
    for (const name of ["token", "as", "turn"]) body.set(name, hidden(name).value);
    try {
      const answer = await fetch(form.dataset.box, {
        method: "POST",
        headers: { accept: "application/json" },
        body,
        credentials: "same-origin",
      });
      if (answer.status === 401) {
        // Locked meanwhile: the whole form goes along to the login page and is saved from there.
        form.noValidate = true;
        form.requestSubmit(form.querySelector('button[value="head"], .save button'));
        return;
      }
      if (answer.status >= 500) throw new Error(String(answer.status));
      const changes = await answer.json();
      for (const [name, value] of sent) if (waiting.get(name) === value) waiting.delete(name);
      if (answer.ok) {
        pause = 500;
        apply(changes, sent);
        say("saved");
      } else {
        saving.dataset.state = "failed";
        saving.textContent = changes.text;
      }
      busy = false;
      send();
    } catch {
      say("failed");
      busy = false;
      setTimeout(send, pause);
      pause = Math.min(pause * 2, 10000);
    }
  };

  const take = (input) => {
    if (!input.name || !/^(box|note):/.test(input.name)) return;
    if (input.type === "radio" && !input.checked) return;
    waiting.set(input.name, input.value);
    send();
  };

  let later;
  form.addEventListener("input", (event) => {
    clearTimeout(later);
    const input = event.target;
    // A number is saved when it is whole or the person pauses; a note when the person pauses.
    const whole = input.classList.contains("digits") && input.value.length === 3;
    if (whole) take(input);
    else later = setTimeout(() => take(input), 400);
  });
  form.addEventListener("change", (event) => take(event.target));

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input")) return;
    event.preventDefault();
    // Of a choice, Enter stops at what is chosen, or at the first when nothing is.
    const chosen = (one) => form.querySelector(`input[name="${CSS.escape(one.name)}"]:checked`);
    const all = [...form.querySelectorAll("input.digits, input.clock, input[type=radio][name^='box:'], textarea")];
    const boxes = all.filter((one) => one.type !== "radio" || one === (chosen(one) ?? hidden(one.name)[0]));
    const next = boxes[boxes.indexOf(event.target) + 1];
    if (next) {
      next.focus();
      if (next.select) next.select();
    } else {
      form.querySelector('button[value="record"]').focus();
    }
  });

  // The photo beside the boxes follows the hand from page to page.
  form.addEventListener("focusin", (event) => {
    const page = event.target.closest(".part[data-page]")?.dataset.page;
    const photo = page && form.querySelector(`.shelf input[name="photo"][value="${page}"]`);
    if (photo) photo.checked = true;
  });

  document.querySelector(".trouble")?.focus();
})();
