import fc from "fast-check";
import { expect, it } from "vitest";
import { html } from "@/components/data-table/markup";

it("escapes every text, in elements and in attributes, and what is markup already stays", () => {
  const text = `<script>"it's" & more</script>`;
  const said = "&lt;script&gt;&quot;it&#39;s&quot; &amp; more&lt;/script&gt;";
  expect(html`<b title="${text}">${text}</b>`.html).toBe(`<b title="${said}">${said}</b>`);
  expect(html`<p>${html`<b>${text}</b>`}${[html`<i>1</i>`, html`<i>2</i>`]}</p>`.html).toBe(
    `<p><b>${said}</b><i>1</i><i>2</i></p>`,
  );
});

it("leaves nothing for what is not there, and writes a figure, zero too", () => {
  expect(html`<td>${null}${false}${""}${0}</td>`.html).toBe("<td>0</td>");
});

it("takes no object for markup because it looks like one", () => {
  const forged = JSON.parse('{"html":"<script>"}');
  expect(html`${forged}`.html).not.toContain("<");
});

it("lets no text begin an element or end an attribute, whatever it holds", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const { html: written } = html`${text}`;
      expect(written).not.toMatch(/[<>"']/);
      const entity = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&" };
      expect(written.replace(/&(lt|gt|quot|#39|amp);/g, (name) => entity[name as keyof typeof entity])).toBe(text);
    }),
  );
});
