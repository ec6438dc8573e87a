// Search over everything in search.js, which is loaded when a reader first turns to the field. Each word typed must
// occur, in whole or in part, in the Chinese or the English of an entry.
const SHOWN = 8;
const english = root.lang === "en" ? 1 : 0;
const field = byId("words"), results = byId("results"), found = byId("found");
let loading = null;
function load() {
  loading ??= new Promise((done) => {
    const script = make("script", { src: "search.js", onload: () => { prepare(); done(); }, onerror: done });
    document.body.append(script);
  });
  return loading;
}
const KINDS = ["regions", "numbers", "pages", "sections", "figures", "terms"];
const hay = {};
function prepare() {
  const words = { numbers: (e) => [e[0], e[1], e[7]], pages: (e) => [e[1], e[2]], terms: (e) => e };
  for (const kind of KINDS) hay[kind] = INDEX[kind].map((e) => (words[kind] ?? ((x) => [x[0], x[1]]))(e).join(" ").toLowerCase());
}
const page = (number) => {
  const [stem, , , languages] = INDEX.pages[number];
  const own = english ? "en" : "zh";
  return `${languages.includes(own[0]) ? own : english ? "zh" : "en"}/${encodeURIComponent(stem)}.html`;
};
const pageTitle = (number) => INDEX.pages[number][1 + english];
const SHOW = {
  numbers: (e) => ({
    href: `${page(e[6])}#note-${e[7]}`, title: e[2 + english], what: e[english], where: e[4 + english],
    cite: [`${e[english]}${english ? ": " : "："}${e[2 + english]}`, e[4 + english], `${card.dataset.edition}${e[7]}`].join(card.dataset.stop) + card.dataset.stop.trim(),
  }),
  regions: (e) => ({ href: page(e[2]), title: e[english], where: pageTitle(e[2]) }),
  pages: (e) => ({ href: page(INDEX.pages.indexOf(e)), title: e[1 + english] }),
  sections: (e) => ({ href: `${page(e[2])}#${encodeURIComponent(e[3])}`, title: e[english], where: pageTitle(e[2]) }),
  figures: (e) => ({ href: `${page(e[2])}#${encodeURIComponent(e[3])}`, title: e[english], where: pageTitle(e[2]) }),
  terms: (e) => ({ href: `${english ? "glossary.en.html" : "glossary.html"}#${e[2]}`, title: e[english], where: e[1 - english] }),
};
function entry(kind, e) {
  const shown = SHOW[kind](e);
  const first = make("p", {}, make("a", { href: shown.href, textContent: shown.title }));
  if (shown.what) first.append(" ", make("span", { className: "what", textContent: shown.what }));
  const second = make("p", { className: "where", textContent: shown.where ?? "" });
  if (shown.cite) second.append(" ", make("button", { type: "button", textContent: card.dataset.cite, onclick: () => copyText(shown.cite) }));
  return make("li", {}, first, second);
}
function group(kind, hits) {
  const list = make("ul", {}, ...hits.slice(0, SHOWN).map((e) => entry(kind, e)));
  const section = make("section", {}, make("h2", { textContent: `${results.dataset[kind]} (${hits.length})` }), list);
  if (hits.length > SHOWN) {
    const more = make("button", { type: "button", textContent: results.dataset.more.replace("#", hits.length - SHOWN) });
    more.onclick = () => { list.append(...hits.slice(SHOWN, 200).map((e) => entry(kind, e))); more.remove(); list.children[SHOWN].querySelector("a").focus(); };
    section.append(more);
  }
  return section;
}
async function search() {
  const typed = field.value.trim().toLowerCase();
  const words = typed.split(/[\s,，、]+/).filter(Boolean);
  if (!words.length) { results.replaceChildren(); found.textContent = ""; return; }
  await load();
  if (typed !== field.value.trim().toLowerCase() || typeof INDEX === "undefined") return;
  const groups = [];
  let count = 0;
  for (const kind of KINDS) {
    const hits = INDEX[kind].filter((_, i) => words.every((word) => hay[kind][i].includes(word)));
    count += hits.length;
    if (hits.length) groups.push(group(kind, hits));
  }
  results.replaceChildren(...groups);
  found.textContent = count ? found.dataset.some.replace("#", count) : found.dataset.none;
}
field.addEventListener("focus", load, { once: true });
field.addEventListener("input", search);
field.form.addEventListener("submit", (event) => { event.preventDefault(); results.querySelector("a")?.focus(); });
if (field.value) search();
