// Uploads with a progress bar. Without this script the form is posted by the browser, with the same result.
document.documentElement.classList.add("scripted");
for (const form of document.querySelectorAll("form.upload")) {
  const send = () => {
    const data = new FormData(form);
    const files = [...data.values()].filter((file) => file.size > 0);
    if (files.length === 0) return;
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", form.dataset.progress);
    form.append(bar);
    form.setAttribute("aria-busy", "true");
    for (const button of form.querySelectorAll("button")) button.disabled = true;
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    // The answer leads to the page that tells what became of each file, or to one that says what is wrong.
    request.addEventListener("load", () => {
      if (request.status < 400) location.reload();
      else form.submit();
    });
    request.addEventListener("error", () => {
      const failed = form.querySelector(".wrong") ?? document.createElement("p");
      failed.className = "wrong";
      failed.setAttribute("role", "alert");
      failed.textContent = form.dataset.failed;
      form.append(failed);
      form.reset();
      bar.remove();
      form.removeAttribute("aria-busy");
      for (const button of form.querySelectorAll("button")) button.disabled = false;
    });
    request.open("POST", form.action);
    request.setRequestHeader("x-upload", "1");
    request.send(data);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  for (const input of form.querySelectorAll("input[type=file]")) input.addEventListener("change", send);
}
