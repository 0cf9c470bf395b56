// What music-metadata, the reader of many web and desktop players, finds in an audio file.
import { parseFile } from "music-metadata";

const { common, format, quality } = await parseFile(process.argv[2], {
  duration: true,
  includeChapters: true,
});
const found = {
  title: common.title,
  tags: format.tagTypes,
  duration: format.duration,
  pictures: (common.picture ?? []).map((one) => one.format),
  chapters: (format.chapters ?? []).map(({ title, start, end, url, image }) => ({
    title,
    start,
    end,
    url: url?.url ?? null,
    image: image?.format ?? null,
  })),
  warnings: quality.warnings,
};
process.stdout.write(JSON.stringify(found));
