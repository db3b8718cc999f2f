import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const inks = HighlightStyle.define([
  { tag: tags.comment, color: "var(--sl-color-gray-3)" },
  { tag: [tags.keyword, tags.operatorKeyword], color: "var(--worker-2)" },
  { tag: [tags.string, tags.number], color: "var(--even)" },
  { tag: tags.function(tags.variableName), color: "var(--worker-1)" },
  { tag: tags.typeName, color: "var(--worker-3)" },
]);

/** An editor of TypeScript, which tells what is typed. Tab leaves it. */
export function openEditor(text: string, changed: (text: string) => void) {
  return new EditorView({
    doc: text,
    extensions: [
      ...[history(), EditorView.lineWrapping],
      keymap.of([...defaultKeymap, ...historyKeymap]),
      javascript({ typescript: true }),
      syntaxHighlighting(inks),
      EditorView.contentAttributes.of({
        "aria-label": "A saga of your own",
        spellcheck: "false",
      }),
      EditorView.updateListener.of(({ docChanged, state }) => {
        if (docChanged) changed(state.doc.toString());
      }),
    ],
  });
}
