// Keeps the delivery page up to date without reloading it; asking does not count as somebody being there.
const live = document.getElementById("delivery");
const look = async () => {
  try {
    const answer = await fetch(live.dataset.live, { headers: { "x-by-itself": "1" }, redirect: "error" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const held = document.activeElement && live.contains(document.activeElement);
    for (const part of [["#delivery", live], [".received", document.querySelector(".received")]]) {
      const fresh = page.querySelector(part[0]);
      if (fresh && part[1] && fresh.innerHTML !== part[1].innerHTML && !(held && part[1] === live)) {
        part[1].innerHTML = fresh.innerHTML;
        part[1].className = fresh.className;
      }
    }
  } catch {
    // The laptop is out of reach for a moment; the next look tells.
  }
};
setInterval(look, 3000);
