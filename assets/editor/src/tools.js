// The buttons and keys that change the form of the text.
import { baseKeymap, chainCommands, exitCode, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { ellipsis, emDash, inputRules } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { Plugin } from "prosemirror-state";
import { splitListItem, wrapInList } from "prosemirror-schema-list";
import { schema } from "./schema.js";

const { nodes, marks } = schema;

const lineBreak = chainCommands(exitCode, (state, dispatch) => {
  if (dispatch) dispatch(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
});

const inHeading = (state) => state.selection.$from.parent.type === nodes.heading;
const hasMark = (state, type) => {
  const { from, to, empty, $from } = state.selection;
  return empty ? Boolean(type.isInSet(state.storedMarks || $from.marks())) : state.doc.rangeHasMark(from, to, type);
};

const heading = (state, dispatch) =>
  (inHeading(state) ? setBlockType(nodes.paragraph) : setBlockType(nodes.heading, { level: 2 }))(state, dispatch);

// Asks for the address where there is none yet; `words.link` is the question.
const link = (words) => (state, dispatch) => {
  if (hasMark(state, marks.link)) return toggleMark(marks.link)(state, dispatch);
  if (state.selection.empty) return false;
  const href = dispatch ? window.prompt(words.link, "https://") : "";
  if (!dispatch) return true;
  return /^(https?:\/\/\S+|mailto:\S+)$/i.test(href || "") && toggleMark(marks.link, { href })(state, dispatch);
};

export const commands = (words) => ({
  em: toggleMark(marks.em),
  strong: toggleMark(marks.strong),
  link: link(words),
  heading,
  bullets: wrapInList(nodes.bullet_list),
  quote: wrapIn(nodes.quote),
  gentle: wrapIn(nodes.gentle),
  scene: (state, dispatch) => {
    if (dispatch) dispatch(state.tr.replaceSelectionWith(nodes.scene_break.create()).scrollIntoView());
    return true;
  },
  undo,
  redo,
});

// A block of its own below the passage at the cursor: no sentence is cut in two by it.
export const putBelow = (name, attrs) => (state, dispatch) => {
  const { $to } = state.selection;
  const place = $to.depth ? $to.after(1) : state.selection.to;
  if (dispatch) dispatch(state.tr.insert(place, nodes[name].create(attrs)).scrollIntoView());
  return true;
};

// One stop for the tab key, arrows between the buttons (WAI-ARIA Authoring Practices, toolbar).
export function arrowKeys(toolbar) {
  const buttons = [...toolbar.querySelectorAll("button")];
  const stop = (button) => buttons.forEach((one) => (one.tabIndex = one === button ? 0 : -1));
  stop(buttons[0]);
  toolbar.addEventListener("focusin", ({ target }) => buttons.includes(target) && stop(target));
  toolbar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const last = buttons.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at ? at - 1 : last, Home: 0, End: last }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    buttons[to].focus();
  });
}

export const pressed = (state) => ({
  em: hasMark(state, marks.em),
  strong: hasMark(state, marks.strong),
  link: hasMark(state, marks.link),
  heading: inHeading(state),
});

// A letter is put into the document at once. Left to the browser, it would be read out of the page again, with all the
// marks of its paragraph. Composed letters (accents, most phones) stay with the browser.
const typed = (view, event) => {
  if (event.inputType !== "insertText" || !event.data || view.composing || event.isComposing) return false;
  const { from, to } = view.state.selection;
  const insert = () => view.state.tr.insertText(event.data, from, to).scrollIntoView();
  if (!view.someProp("handleTextInput", (handle) => handle(view, from, to, event.data, insert))) view.dispatch(insert());
  event.preventDefault();
  return true;
};

export const plugins = () => [
  new Plugin({ props: { handleDOMEvents: { beforeinput: typed } } }),
  history(),
  inputRules({ rules: [ellipsis, emDash] }),
  keymap({
    "Mod-z": undo,
    "Mod-y": redo,
    "Shift-Mod-z": redo,
    "Mod-b": toggleMark(marks.strong),
    "Mod-i": toggleMark(marks.em),
    "Shift-Enter": lineBreak,
    Enter: splitListItem(nodes.list_item),
  }),
  keymap(baseKeymap),
];
