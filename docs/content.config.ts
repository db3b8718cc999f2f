import { defineCollection } from "astro:content";
import { docsLoader, i18nLoader } from "@astrojs/starlight/loaders";
import { docsSchema, i18nSchema } from "@astrojs/starlight/schema";
import { z } from "astro/zod";

export const collections = {
  docs: defineCollection({
    loader: docsLoader(),
    schema: docsSchema({
      // What people search for it by, and the text does not say.
      extend: z.object({ keywords: z.string().optional() }),
    }),
  }),
  // Starlight warns when there is none; the one text says what we call it.
  i18n: defineCollection({ loader: i18nLoader(), schema: i18nSchema() }),
};
