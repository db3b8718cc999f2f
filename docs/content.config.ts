import { defineCollection } from "astro:content";
import { docsLoader, i18nLoader } from "@astrojs/starlight/loaders";
import { docsSchema, i18nSchema } from "@astrojs/starlight/schema";

export const collections = {
  docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }),
  // Starlight warns when there is none; the one text says what we call it.
  i18n: defineCollection({ loader: i18nLoader(), schema: i18nSchema() }),
};
