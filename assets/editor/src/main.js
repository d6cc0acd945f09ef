// The text with its suggestions, as a word processor shows it. Without this script a plain box does the same work.
import { suggestChangesKey, withSuggestChanges } from "@handlewithcare/prosemirror-suggest-changes";
import { Node } from "prosemirror-model";
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { Beside } from "./beside.js";
import { Keeping } from "./keeping.js";
import { suggesting } from "./paragraph_ends.js";
import { passages, passagesKey, selected } from "./passages.js";
import { plainHTML } from "./pasting.js";
import { Related } from "./related.js";
import { schema } from "./schema.js";
import { arrowKeys, commands, plugins, pressed, putBelow } from "./tools.js";

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const config = read("text-draft");
const words = read("text-words");
const place = document.getElementById("text-editor");
const tools = document.getElementById("text-tools");
const told = document.getElementById("text-told");
const saved = document.getElementById("text-saved");

const nodeOf = (json) => (json.content?.length ? Node.fromJSON(schema, json) : schema.topNodeType.createAndFill());
const newIdentity = () => `${config.isWriter ? "w" : "e"}${crypto.getRandomValues(new Uint32Array(2)).join("-")}`;

const related = new Related(document.getElementById("related-dialog"), config.addresses.related, words);
const beside = new Beside(document.getElementById("beside"), answer);
const doThem = commands(words);
let counting;
let following = 0; // no keystroke waits for what is shown beside it

const view = new EditorView(place, {
  state: EditorState.create({ doc: nodeOf(config.document), plugins: [...plugins(), ...suggesting(), passages()] }),
  attributes: {
    class: "prose",
    role: "textbox",
    "aria-multiline": "true",
    "aria-label": words.label,
    spellcheck: "true",
  },
  transformPastedHTML: plainHTML,
  dispatchTransaction: withSuggestChanges(function dispatch(transaction) {
    this.updateState(this.state.apply(transaction));
    if (transaction.docChanged && !transaction.getMeta("shown")) {
      keeping.changed();
      clearTimeout(counting);
      counting = setTimeout(count, 600);
    }
    if (transaction.selectionSet || transaction.docChanged) following ||= requestAnimationFrame(follow);
  }, newIdentity),
});

const editor = {
  document: () => view.state.doc.toJSON(),
  check: (json) => nodeOf(json).check(),
  kept: () => keeping.changes === keeping.kept,
  same: (one, other) => nodeOf(one).eq(nodeOf(other)),
  show(json) {
    const doc = nodeOf(json);
    const start = view.state.doc.content.findDiffStart(doc.content);
    if (start === null) return;
    let { a, b } = view.state.doc.content.findDiffEnd(doc.content);
    const overlap = start - Math.min(a, b);
    if (overlap > 0) {
      a += overlap;
      b += overlap;
    }
    const change = view.state.tr.replace(start, a, doc.slice(start, b));
    view.dispatch(change.setMeta("shown", true).setMeta("addToHistory", false).setMeta(suggestChangesKey, { skip: true }));
  },
};

const keeping = new Keeping(config, words, editor, {
  saved(text) {
    if (saved.textContent !== text) saved.textContent = text;
  },
  problem(text) {
    told.textContent = text;
    told.hidden = !text;
  },
  beside(html) {
    beside.show(html);
    showPassages();
  },
});

function suggestOnly(enabled) {
  view.dispatch(view.state.tr.setMeta(suggestChangesKey, { skip: true, enabled }).setMeta("shown", true));
}

function showPassages() {
  view.dispatch(view.state.tr.setMeta(passagesKey, beside.passages()).setMeta("shown", true));
}

function count() {
  let text = "";
  view.state.doc.descendants((node) => {
    if (node.isText && !node.marks.some((mark) => mark.type.name === "deletion")) text += node.text;
    else if (node.isTextblock) text += " ";
  });
  const number = (text.match(/[\p{L}\p{N}][\p{L}\p{N}’'-]*/gu) || []).length;
  const minutes = Math.max(1, Math.round(number / words.aMinute));
  document.getElementById("text-length").textContent = words.length.replace("%w", number.toLocaleString()).replace("%m", minutes);
}

// The suggestion at the cursor, or "".
function here() {
  const { $from } = view.state.selection;
  const marks = [$from.nodeAfter, $from.nodeBefore, ...Array.from({ length: $from.depth }, (_, at) => $from.node(at + 1))]
    .filter(Boolean)
    .flatMap((node) => node.marks);
  const mark = marks.find(({ type }) => ["insertion", "deletion", "modification"].includes(type.name));
  return mark ? mark.attrs.id : "";
}

// The list from this suggestion on, where it is not in what is shown of it.
async function listFrom(identity) {
  const html = await keeping.list(identity).catch(() => "");
  if (!html) return;
  beside.show(html);
  follow();
}

let followed = "";

function follow() {
  following = 0;
  const identity = here();
  if (identity && identity !== followed && !beside.item(identity)) listFrom(identity);
  followed = identity;
  beside.current(identity);
  beside.sheet(matchMedia("(max-width: 59.99em)").matches ? identity : "");
  Object.entries(pressed(view.state)).forEach(([name, on]) => {
    const button = tools.querySelector(`[data-do=${name}]`);
    if (button.getAttribute("aria-pressed") !== String(on)) button.setAttribute("aria-pressed", on);
  });
}

async function answer(address, data, onKept) {
  while (keeping.changes !== keeping.kept) if (!(await keeping.keep())) return;
  const sent = editor.document();
  const after = await keeping.post(address, { body: data }).catch(() => null);
  if (!after) return keeping.lost();
  told.hidden = !after.problem;
  told.textContent = after.problem || "";
  if (!after.problem) onKept();
  keeping.take(after, sent);
  beside.show(after.beside, true);
  showPassages();
  follow();
  beside.focusNext();
  saved.textContent = document.getElementById("suggestions").textContent;
}

// All that was typed is kept before the other one is told.
document.addEventListener("submit", async (event) => {
  if (!event.target.matches("form[data-done]") || keeping.changes === keeping.kept) return;
  event.preventDefault();
  if (await keeping.keep()) event.target.submit();
});
tools.addEventListener("mousedown", (event) => {
  if (event.target.closest("[data-do]")) event.preventDefault();
});
tools.addEventListener("click", (event) => {
  const name = event.target.closest("[data-do]")?.dataset.do;
  if (name === "remark") beside.remarkOn(selected(view.state));
  else if (name === "related") related.ask((line) => putBelow("related", line)(view.state, view.dispatch), () => view.focus());
  else if (name) {
    doThem[name](view.state, view.dispatch, view);
    view.focus();
  }
});
arrowKeys(tools.querySelector("[role=toolbar]"));
document.getElementById("only-suggest")?.addEventListener("change", (event) => suggestOnly(event.target.checked));
document.getElementById("beside").addEventListener("click", async (event) => {
  const link = event.target.closest("[data-from]");
  if (link) {
    event.preventDefault();
    const html = await keeping.list(link.dataset.from).catch(() => "");
    if (!html) return keeping.lost();
    beside.show(html, true);
    beside.element.scrollIntoView();
    beside.focusNext();
    return;
  }
  const item = event.target.closest("[data-suggestion]");
  if (!item || event.target.closest("form, summary, details, a, button")) return;
  const shown = [...view.dom.querySelectorAll("[data-id]")].find(({ dataset }) => dataset.id === item.dataset.suggestion);
  shown?.scrollIntoView({ block: "center" });
});

document.getElementById("text-plain").hidden = true;
place.hidden = false;
tools.hidden = false;
if (!config.isWriter) suggestOnly(true);
const left = keeping.left();
if (left) {
  editor.show(left);
  keeping.changed();
  told.textContent = words.left;
  told.hidden = false;
} else {
  saved.textContent = words.saved.replace("%s", config.savedAt);
}
showPassages();
count();
// For whoever measures or tries the page: that it is ready, and the text itself.
place.text = editor;
performance.mark("text-ready");
