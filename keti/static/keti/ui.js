// Small helps for the keyboard and the clipboard. Every page works without this file.
const typing = (node) => node instanceof HTMLElement && (node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName));

document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target)) {
    const box = document.querySelector("[data-search]");
    if (box && box.offsetParent) {
      event.preventDefault();
      box.focus();
    }
  }
  if (event.key === "Escape") {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  }
});

document.addEventListener("click", async (event) => {
  const target = event.target instanceof Element ? event.target : null;
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(target)) menu.open = false;
  }
  const act = target && target.closest("[data-print], [data-copy], [data-open], [data-close]");
  if (!act) return;
  if ("print" in act.dataset) window.print();
  if (act.dataset.open) {
    const dialog = document.getElementById(act.dataset.open);
    if (dialog) {
      event.preventDefault();
      dialog.showModal();
    }
  }
  if ("close" in act.dataset) act.closest("dialog").close();
  if (act.dataset.copy) {
    const source = document.getElementById(act.dataset.copy);
    const text = "value" in source ? source.value : source.innerText;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      if ("select" in source) source.select();
      return;
    }
    const before = act.textContent;
    act.textContent = act.dataset.done || before;
    setTimeout(() => { act.textContent = before; }, 2000);
  }
});

// A form is sent once: the second press within the same page does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("data-again")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  setTimeout(() => { delete form.dataset.sent; }, 4000);
});

// The grid opens with the present month in sight, a whole month beside the names that stay.
for (const frame of document.querySelectorAll(".grid-frame")) {
  const now = frame.querySelector("th.now");
  const names = frame.querySelector("thead th");
  if (now && frame.scrollWidth > frame.clientWidth) {
    const most = Math.min(now.offsetLeft - names.offsetWidth, frame.scrollWidth - frame.clientWidth);
    const starts = [...frame.querySelectorAll("thead th")].map((one) => one.offsetLeft - names.offsetWidth);
    frame.scrollLeft = Math.max(0, ...starts.filter((start) => start <= most));
  }
}

// The river opens with today in sight.
for (const frame of document.querySelectorAll(".river-frame")) {
  const line = frame.querySelector(".rv-today");
  if (line && frame.scrollWidth > frame.clientWidth) {
    const at = line.getBoundingClientRect().left - frame.getBoundingClientRect().left;
    frame.scrollLeft = Math.max(0, at - frame.clientWidth / 2);
  }
}

// A file that is too large is told at once: nothing is sent, nothing typed is at risk.
document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.type !== "file" || !field.dataset.most) return;
  const big = [...field.files].find((file) => file.size > Number(field.dataset.most));
  field.setCustomValidity(big ? field.dataset.tooBig.replace("{}", big.name) : "");
  if (big) field.reportValidity();
});

// What was being made is there: open it, once.
document.addEventListener("htmx:afterSettle", () => {
  const made = document.querySelector("[data-lead]");
  if (!made) return;
  const address = made.dataset.lead;
  delete made.dataset.lead;
  window.location.assign(address);
});
