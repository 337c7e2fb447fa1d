// Writes the sample data anew, the same bytes each time: `pnpm exec tsx examples/online-shop/src/data/write.ts`.
import { writeFile } from 'node:fs/promises'
import { generateShopData } from './generate.js'
import { textsOf } from './shop-data.js'

for (const { file, text } of textsOf(generateShopData())) await writeFile(file, text)
