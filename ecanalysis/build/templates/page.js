// What a page can do with scripts; without them every number still links to its note and every exhibit to its files.
const root = document.documentElement;
const byId = (id) => document.getElementById(id);
const target = (link) => byId(decodeURIComponent(link.hash.slice(1)));
function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

// Dark or light: the system's choice until the reader makes one.
const dark = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
const tellTheme = () => byId("theme").setAttribute("aria-pressed", isDark());
byId("theme").addEventListener("click", () => {
  root.dataset.theme = isDark() ? "light" : "dark";
  try { localStorage.setItem("theme", root.dataset.theme); } catch { /* remembered for this page only */ }
  tellTheme();
});
dark.addEventListener("change", tellTheme);
tellTheme();

// The other language at the same place: the heading, figure or table nearest to where places come to rest.
byId("language").addEventListener("click", (event) => {
  const places = [...document.querySelectorAll("main :is(h2, h3, h4, h5, figure, table, section, dt)[id]")];
  const away = (place) => Math.abs(place.getBoundingClientRect().top - parseFloat(getComputedStyle(place).scrollMarginTop));
  const read = places.filter((place) => place.getBoundingClientRect().top < innerHeight / 3 && place.offsetParent);
  event.currentTarget.hash = scrollY > 200 && read.length ? read.reduce((a, b) => (away(b) < away(a) ? b : a)).id : "";
});

// A place inside something folded is unfolded before the page goes there.
function reveal() {
  const place = location.hash.length > 1 && target(location);
  if (!place) return;
  let around = place.closest("details:not([open])");
  if (!around) return;
  for (; around; around = around.parentElement.closest("details:not([open])")) around.open = true;
  place.scrollIntoView({ block: "center" });
}
addEventListener("hashchange", reveal);
reveal();

// Paper has no cards: there the list of notes is open.
const list = document.querySelector(".notes details");
let folded = false;
addEventListener("beforeprint", () => { folded = list?.open === false; if (folded) list.open = true; });
addEventListener("afterprint", () => { if (folded) list.open = false; });

// The card of a number: its note, where the reader is.
const card = byId("card");
let shown = null, pinned = false, quiet = false, timer = 0;
function open(link, pin) {
  clearTimeout(timer);
  if (shown !== link) fill(link);
  pinned = pin || (pinned && shown === link);
  shown = link;
}
function fill(link) {
  const note = target(link);
  const body = make("div", { className: "note" });
  body.append(...[...note.cloneNode(true).children].filter((part) => !part.classList.contains("back")));
  const say = card.dataset;
  const copy = make("button", { type: "button", textContent: say.cite, onclick: () => copyText(citation(note)) });
  const entry = make("a", { href: link.hash, textContent: say.list, onclick: () => close(false) });
  const shut = make("button", { type: "button", textContent: say.close, onclick: () => close(true) });
  card.replaceChildren(body, make("p", { className: "actions" }, copy, entry, shut));
  card.hidden = false;
  const box = link.getClientRects()[0];
  const room = root.clientWidth;
  const width = card.offsetWidth, height = card.offsetHeight;
  const above = box.bottom + height + 12 > innerHeight && box.top > height + 70;
  card.style.left = `${Math.max(8, Math.min(box.left - 12, room - width - 8))}px`;
  card.style.top = `${scrollY + (above ? box.top - height - 6 : box.bottom + 6)}px`;
  document.querySelector("[aria-describedby=card]")?.removeAttribute("aria-describedby");
  link.setAttribute("aria-describedby", "card");
}
function close(back) {
  clearTimeout(timer);
  const link = shown;
  shown = null;
  pinned = false;
  card.hidden = true;
  link?.removeAttribute("aria-describedby");
  if (back && link) {
    quiet = true;
    link.focus();
    quiet = false;
  }
}
function later() {
  clearTimeout(timer);
  if (!pinned) timer = setTimeout(() => close(false), 250);
}
function citation(note) {
  const part = (name) => note.querySelector(`.${name}`)?.textContent.trim() ?? "";
  const stop = card.dataset.stop;
  const number = `${part("what")}${stop === "。" ? "：" : ": "}${note.querySelector("b").textContent}`;
  const from = part("where") || part("operands");
  const place = note.querySelector("code")?.textContent ?? document.title;
  return [number, from, card.dataset.edition + place].filter(Boolean).join(stop) + stop.trim();
}
const numbers = (event) => event.target.closest?.("data.number > a[data-note]");
addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  const link = numbers(event);
  clearTimeout(timer);
  if (link) timer = setTimeout(() => open(link, false), 120);
  else if (shown && !event.target.closest("#card")) later();
});
addEventListener("focusin", (event) => {
  if (quiet) return;
  const link = numbers(event);
  if (link && link.matches(":focus-visible")) open(link, false);
  else if (shown && !event.target.closest("#card")) close(false);
});
addEventListener("click", (event) => {
  const link = numbers(event);
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    open(link, true);
    if (event.detail === 0) card.querySelector("a, button").focus();
  } else if (shown && !event.target.closest("#card")) close(false);
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && shown) close(card.contains(document.activeElement) || document.activeElement === shown);
  if (event.key === "Tab" && shown && card.contains(document.activeElement)) {
    const inside = [...card.querySelectorAll("a, button")];
    if (document.activeElement !== inside.at(event.shiftKey ? 0 : -1)) return;
    // The card stands at the end of the page: leaving it goes on from the number.
    close(true);
    if (event.shiftKey) event.preventDefault();
  }
});

// Copying and drawing.
async function copyText(text) {
  const said = byId("said");
  let done = true;
  try { await navigator.clipboard.writeText(text); } catch { done = copyOldWay(text); }
  said.textContent = "";
  requestAnimationFrame(() => { said.textContent = done ? said.dataset.copied : said.dataset.failed; said.classList.add("seen"); });
  setTimeout(() => said.classList.remove("seen"), 2000);
}
function copyOldWay(text) {
  const field = make("textarea", { value: text, className: "unseen" });
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}
const cellText = (cell) => {
  const copy = cell.cloneNode(true);
  copy.querySelectorAll(".erratum").forEach((mark) => mark.remove());
  return copy.textContent.trim().replace(/\s+/g, " ");
};
const actions = {
  cite: (exhibit) => copyText((exhibit.querySelector(".tools .citation") ?? exhibit.querySelector(".citation")).textContent),
  copy: (exhibit) => copyText([...exhibit.querySelector("table").rows].map((row) => [...row.cells].map(cellText).join("\t")).join("\n")),
  png: (exhibit) => {
    const image = exhibit.querySelector("figure img");
    const drawing = new Image();
    drawing.onload = () => {
      const [width, height] = ["width", "height"].map((side) => 3 * image.getAttribute(side));
      const canvas = make("canvas", { width, height });
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, width, height);
      pen.drawImage(drawing, 0, 0, width, height);
      make("a", { href: canvas.toDataURL("image/png"), download: `${exhibit.querySelector("figure").id}.png` }).click();
    };
    drawing.src = image.src;
  },
};
addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-do]");
  if (button) actions[button.dataset.do](button.closest(".exhibit"));
});

// The documents before and after this one, of those that stand in the folder: pages.js lists them, if it is there.
function neighbours() {
  if (typeof SITE === "undefined") return;
  const [, language, stem] = root.dataset.here.match(/^(\w\w)\/(.*)\.html$/);
  const pages = SITE.filter((page) => page.languages.includes(language));
  const here = pages.findIndex((page) => page.stem === stem);
  const box = document.querySelector(".neighbours");
  for (const [step, word] of [[-1, box.dataset.previous], [1, box.dataset.next]]) {
    const page = here < 0 ? undefined : pages[here + step];
    if (page) {
      const link = make("a", { href: `${encodeURIComponent(page.stem)}.html`, rel: step < 0 ? "prev" : "next" });
      link.append(make("span", { textContent: word }), ` ${page[language]}`);
      box.append(link);
    }
  }
  box.hidden = !box.children.length;
  const other = language === "zh" ? "en" : "zh";
  const self = SITE.find((page) => page.stem === stem);
  if (self && !self.languages.includes(other)) byId("language").parentElement.hidden = true;
}
